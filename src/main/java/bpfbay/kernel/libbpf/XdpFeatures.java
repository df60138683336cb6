package bpfbay.kernel.libbpf;

import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Reading;
import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which drivers run XDP themselves, by the {@code netdev} family of generic netlink (since 6.3). Asked only of a
 * namespace with a generic program, where the answer tells whether that had to be.
 */
final class XdpFeatures {
    static final int GENLMSGHDR = 4;
    static final int CTRL_ATTR_FAMILY_ID = 1;
    static final int NETDEV_A_DEV_IFINDEX = 1;
    static final int NETDEV_A_DEV_XDP_FEATURES = 3;

    private static final int NETDEV_XDP_ACT_BASIC = 1;
    private static final Reading<Boolean> NO_FAMILY = new Reading.Unsupported<>("Linux 6.3");

    private final NetlinkSource netlink;
    private final NetlinkRequests requests = new NetlinkRequests();
    private Optional<Family> family = Optional.empty();

    /** The number is the same in every namespace until the next boot. */
    private record Family(OptionalInt number) {}

    /** What was found out last of one namespace. */
    static final class Memory {
        private final Kept<Map<Integer, Boolean>> features = new Kept<>(Map.of());
        private NetlinkLinks of = NetlinkLinks.NONE;
        private Map<Integer, Boolean> with = Map.of();
        private List<NetInterface> interfaces = List.of();
    }

    XdpFeatures(NetlinkSource netlink) {
        this.netlink = netlink;
    }

    /** The devices, with what was asked of them; the same instance as long as nothing has changed. */
    @SuppressWarnings("ReferenceEquality")
    List<NetInterface> interfaces(NetNamespace namespace, NetlinkLinks links, Memory memory) {
        if (!hasGeneric(links)) {
            return links.interfaces();
        }
        Map<Integer, Boolean> features = features(namespace, memory);
        if (memory.of != links || memory.with != features) {
            memory.of = links;
            memory.with = features;
            List<NetInterface> told = new ArrayList<>(links.interfaces().size());
            for (NetInterface device : links.interfaces()) {
                told.add(device.withNativeXdp(nativeXdp(device, features)));
            }
            memory.interfaces = List.copyOf(told);
        }
        return memory.interfaces;
    }

    private static boolean hasGeneric(NetlinkLinks links) {
        for (XdpState state : links.xdp()) {
            if (state.mode() == XdpMode.GENERIC) {
                return true;
            }
        }
        return false;
    }

    private Map<Integer, Boolean> features(NetNamespace namespace, Memory memory) {
        if (family.isEmpty()) {
            family = Optional.of(new Family(askFamily(namespace)));
        }
        OptionalInt number = family.get().number();
        if (number.isEmpty()) {
            return Map.of();
        }
        requests.clear();
        requests.xdpFeatures(number.getAsInt());
        NetlinkDump dump = netlink.dump(namespace, requests);
        NetlinkDump.Reply reply = dump.replies().get(0);
        return memory.features.of(dump.slice(reply), () -> decode(dump.messages(reply)));
    }

    private OptionalInt askFamily(NetNamespace namespace) {
        requests.clear();
        requests.family("netdev");
        NetlinkDump dump = netlink.dump(namespace, requests);
        NetlinkMessages messages = dump.messages(dump.replies().get(0));
        while (messages.next()) {
            NetlinkAttributes attributes = messages.attributes(GENLMSGHDR);
            while (attributes.next()) {
                if (attributes.type() == CTRL_ATTR_FAMILY_ID) {
                    return OptionalInt.of(attributes.u16());
                }
            }
        }
        return OptionalInt.empty();
    }

    static Map<Integer, Boolean> decode(NetlinkMessages messages) {
        Map<Integer, Boolean> features = new HashMap<>();
        while (messages.next()) {
            int ifindex = 0;
            long bits = 0;
            NetlinkAttributes attributes = messages.attributes(GENLMSGHDR);
            while (attributes.next()) {
                switch (attributes.type()) {
                    case NETDEV_A_DEV_IFINDEX -> ifindex = attributes.u32();
                    case NETDEV_A_DEV_XDP_FEATURES -> bits = attributes.u64();
                    default -> {}
                }
            }
            features.put(ifindex, (bits & NETDEV_XDP_ACT_BASIC) != 0);
        }
        return Map.copyOf(features);
    }

    /* of a veth every kernel knows it, since 4.19 */
    private Reading<Boolean> nativeXdp(NetInterface device, Map<Integer, Boolean> features) {
        Boolean isNative = features.get(device.ifindex());
        if (isNative != null) {
            return Reading.of(isNative);
        }
        return device.kind().equals(Optional.of("veth")) ? Reading.of(true) : NO_FAMILY;
    }
}

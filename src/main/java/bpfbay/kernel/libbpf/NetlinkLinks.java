package bpfbay.kernel.libbpf;

import bpfbay.model.NetInterface;
import bpfbay.model.XdpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The devices of one RTM_GETLINK dump, by ifindex: {@code struct ifinfomsg} and IFLA_*.
 *
 * @param netkits those whose programs can be asked for: of a netkit pair the primary one
 */
record NetlinkLinks(List<NetInterface> interfaces, List<XdpState> xdp, List<Integer> netkits, int damaged) {
    static final NetlinkLinks NONE = new NetlinkLinks(List.of(), List.of(), List.of(), 0);

    private static final int RTM_NEWLINK = 16;
    private static final int IFINFOMSG = 16;
    private static final int IFF_UP = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_LINK_NETNSID = 37;
    private static final int IFLA_XDP = 43;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_NETKIT_PRIMARY = 2;

    /** What is read of a device. */
    static final long WANTED = NetlinkRequests.wanted(
            IFLA_IFNAME, IFLA_MTU, IFLA_LINK, IFLA_MASTER, IFLA_LINKINFO, IFLA_LINK_NETNSID, IFLA_XDP);

    static NetlinkLinks decode(NetlinkMessages messages, long netns) {
        List<NetInterface> interfaces = new ArrayList<>();
        List<XdpState> xdp = new ArrayList<>();
        List<Integer> netkits = new ArrayList<>();
        while (messages.next()) {
            if (messages.type() == RTM_NEWLINK && messages.holds(IFINFOMSG)) {
                Device device = new Device();
                device.read(messages, xdp);
                interfaces.add(device.in(netns));
                if (device.kind.equals(Optional.of("netkit")) && device.isPrimary) {
                    netkits.add(device.ifindex);
                }
            }
        }
        interfaces.sort((a, b) -> Integer.compareUnsigned(a.ifindex(), b.ifindex()));
        xdp.sort(NetlinkLinks::compare);
        return new NetlinkLinks(List.copyOf(interfaces), List.copyOf(xdp), List.copyOf(netkits), messages.damaged());
    }

    private static int compare(XdpState a, XdpState b) {
        int byDevice = Integer.compareUnsigned(a.ifindex(), b.ifindex());
        return byDevice == 0 ? a.mode().compareTo(b.mode()) : byDevice;
    }

    /** One device while its attributes are read. */
    private static final class Device {
        private int ifindex;
        private int flags;
        private String name = "";
        private int mtu;
        private int link;
        private boolean isLinkElsewhere;
        private OptionalInt master = OptionalInt.empty();
        private Optional<String> kind = Optional.empty();
        private boolean isPrimary = true;

        void read(NetlinkMessages messages, List<XdpState> xdp) {
            ifindex = messages.int32(4);
            flags = messages.int32(8);
            NetlinkAttributes attributes = messages.attributes(IFINFOMSG);
            while (attributes.next()) {
                switch (attributes.type()) {
                    case IFLA_IFNAME -> name = attributes.text();
                    case IFLA_MTU -> mtu = attributes.u32();
                    case IFLA_LINK -> link = attributes.u32();
                    case IFLA_LINK_NETNSID -> isLinkElsewhere = true;
                    case IFLA_MASTER -> master = OptionalInt.of(attributes.u32());
                    case IFLA_LINKINFO -> readInfo(attributes.nested());
                    case IFLA_XDP -> XdpAttributes.decode(ifindex, attributes.nested(), xdp);
                    default -> {}
                }
            }
        }

        private void readInfo(NetlinkAttributes info) {
            while (info.next()) {
                if (info.type() == IFLA_INFO_KIND) {
                    kind = Optional.of(info.text());
                } else if (info.type() == IFLA_INFO_DATA && kind.equals(Optional.of("netkit"))) {
                    NetlinkAttributes data = info.nested();
                    while (data.next()) {
                        if (data.type() == IFLA_NETKIT_PRIMARY) {
                            isPrimary = data.u8() != 0;
                        }
                    }
                }
            }
        }

        NetInterface in(long netns) {
            OptionalInt other = link == 0 ? OptionalInt.empty() : OptionalInt.of(link);
            boolean isPeer =
                    isLinkElsewhere || kind.filter(NetlinkLinks::isPair).isPresent();
            return new NetInterface(
                    netns,
                    ifindex,
                    name,
                    (flags & IFF_UP) != 0,
                    mtu,
                    kind,
                    isPeer ? OptionalInt.empty() : other,
                    isPeer ? other : OptionalInt.empty(),
                    master,
                    NetInterface.NOT_ASKED);
        }
    }

    /** Of these IFLA_LINK is the other end, also in the same namespace. */
    static boolean isPair(String kind) {
        return kind.equals("veth") || kind.equals("netkit") || kind.equals("vxcan");
    }
}

package bpfbay.kernel.libbpf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The kernel's answer to RTM_GETROUTE: {@code struct rtmsg} and RTA_*.
 *
 * @param isLocal the address is the namespace's own
 * @param ifindex of the device that packets go out by
 * @param gateway the next to forward them, where the address is not on the link itself
 */
record NetlinkRoute(boolean isLocal, int ifindex, Optional<InetAddress> gateway) {
    private static final int RTM_NEWROUTE = 24;
    private static final int RTMSG = 12;
    private static final int RTN_LOCAL = 2;
    private static final int RTA_DST = 1;
    private static final int RTA_SRC = 2;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_VIA = 18;

    static final long WANTED = NetlinkRequests.wanted(RTA_OIF, RTA_GATEWAY, RTA_VIA);

    /** Empty where there is no way. */
    static Optional<NetlinkRoute> decode(NetlinkMessages messages) {
        Optional<NetlinkRoute> route = Optional.empty();
        while (messages.next()) {
            if (messages.type() == RTM_NEWROUTE && messages.holds(RTMSG)) {
                route = read(messages.int8(7) == RTN_LOCAL, messages.attributes(RTMSG));
            }
        }
        return route;
    }

    private static Optional<NetlinkRoute> read(boolean isLocal, NetlinkAttributes attributes) {
        int ifindex = 0;
        Optional<InetAddress> gateway = Optional.empty();
        while (attributes.next()) {
            switch (attributes.type()) {
                case RTA_OIF -> ifindex = attributes.u32();
                case RTA_GATEWAY -> gateway = address(attributes.bytes());
                case RTA_VIA -> gateway = address(afterFamily(attributes.bytes()));
                default -> {}
            }
        }
        return ifindex == 0 ? Optional.empty() : Optional.of(new NetlinkRoute(isLocal, ifindex, gateway));
    }

    private static Optional<InetAddress> address(byte[] bytes) {
        return bytes.length == 4 || bytes.length == 16 ? Optional.of(InetBytes.address(bytes)) : Optional.empty();
    }

    /* struct rtvia: a gateway of the other family */
    private static byte[] afterFamily(byte[] via) {
        return via.length < 2 ? via : Arrays.copyOfRange(via, 2, via.length);
    }

    /** Asks for the way to an address, for packets of nobody in particular. */
    static void ask(NetlinkRequests requests, InetAddress to) {
        requests.route(
                InetBytes.family(to),
                (byte) (8 * to.getAddress().length),
                (byte) 0,
                attribute(RTA_DST, to.getAddress()));
    }

    /** Asks for the way that a socket's packets take; 0 where it is bound to no device. */
    static void ask(NetlinkRequests requests, InetAddress to, InetAddress from, int boundTo) {
        byte bits = (byte) (8 * to.getAddress().length);
        byte[] ends = join(attribute(RTA_DST, to.getAddress()), attribute(RTA_SRC, from.getAddress()));
        byte[] device = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(boundTo)
                .array();
        requests.route(InetBytes.family(to), bits, bits, boundTo == 0 ? ends : join(ends, attribute(RTA_OIF, device)));
    }

    private static byte[] attribute(int type, byte[] value) {
        return ByteBuffer.allocate(4 + value.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (4 + value.length))
                .putShort((short) type)
                .put(value)
                .array();
    }

    private static byte[] join(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }
}

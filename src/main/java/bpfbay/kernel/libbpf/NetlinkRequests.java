package bpfbay.kernel.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Requests and which attributes of the answers are kept: {@code struct shim_request}, each. */
final class NetlinkRequests {
    /** {@code struct shim_request}, with the message's header. */
    static final int REQUEST_BYTES = 32;

    static final int RTM_GETLINK = 18;
    static final int RTM_GETADDR = 22;
    static final int RTM_GETROUTE = 26;
    static final int RTM_GETQDISC = 38;
    static final int RTM_GETTCLASS = 42;
    static final int RTM_GETTFILTER = 46;

    /** As tcm_ifindex: the parent is the index of a shared block. */
    static final int TCM_IFINDEX_MAGIC_BLOCK = 0xffffffff;

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int NETLINK_GENERIC = 16;
    private static final int GENL_ID_CTRL = 16;
    private static final byte CTRL_CMD_GETFAMILY = 3;
    private static final short CTRL_ATTR_FAMILY_NAME = 2;
    private static final byte NETDEV_CMD_DEV_GET = 1;
    private static final short NLM_F_REQUEST = 1;
    /* NLM_F_REQUEST | NLM_F_DUMP */
    private static final short DUMP = 0x301;
    private static final byte AF_PACKET = 17;
    private static final short IFLA_EXT_MASK = 29;
    private static final int RTEXT_FILTER_SKIP_STATS = 8;
    private static final int SHIM_HEADER = REQUEST_BYTES - NetlinkMessages.HEADER;
    private static final int TCMSG = 20;
    private static final int IFINFOMSG = 16;
    private static final int RTMSG = 12;
    private static final int INET_DIAG_REQ = 56;
    private static final byte IPPROTO_TCP = 6;

    private byte[] bytes = new byte[4096];
    private int size;
    private int count;

    void clear() {
        size = 0;
        count = 0;
    }

    /** Every device, without counters. */
    void links() {
        int at = begin(RTM_GETLINK, IFINFOMSG, IFINFOMSG + 8, NetlinkLinks.WANTED);
        bytes[at] = AF_PACKET;
        HostBytes.put16(bytes, at + IFINFOMSG, 8);
        HostBytes.put16(bytes, at + IFINFOMSG + 2, IFLA_EXT_MASK);
        HostBytes.put32(bytes, at + IFINFOMSG + 4, RTEXT_FILTER_SKIP_STATS);
    }

    /** Qdiscs of every device: asking for one is ignored. */
    void qdiscs() {
        begin(RTM_GETQDISC, TCMSG, TCMSG, TcQdiscs.WANTED);
    }

    void classes(int ifindex) {
        traffic(RTM_GETTCLASS, ifindex, 0, 0);
    }

    void filters(int ifindex, int parent) {
        traffic(RTM_GETTFILTER, ifindex, parent, TcFilters.WANTED);
    }

    void blockFilters(int block) {
        traffic(RTM_GETTFILTER, TCM_IFINDEX_MAGIC_BLOCK, block, TcFilters.WANTED);
    }

    /** Addresses of every device. */
    void addresses() {
        begin(RTM_GETADDR, NetlinkAddresses.IFADDRMSG, NetlinkAddresses.IFADDRMSG, NetlinkAddresses.WANTED);
    }

    /**
     * Which way packets to an address go; not a list but one answer.
     *
     * @param toBits of the destination in the attributes, RTA_DST
     * @param fromBits of the source, RTA_SRC; 0 where there is none
     */
    void route(byte family, byte toBits, byte fromBits, byte[] attributes) {
        int at = begin(RTM_GETROUTE, RTMSG, RTMSG + attributes.length, NetlinkRoute.WANTED);
        HostBytes.put16(bytes, at - NetlinkMessages.HEADER + 6, NLM_F_REQUEST);
        bytes[at] = family;
        bytes[at + 1] = toBits;
        bytes[at + 2] = fromBits;
        System.arraycopy(attributes, 0, bytes, at + RTMSG, attributes.length);
    }

    /** TCP sockets in some states, a bit each; requests about sockets come before all others or after them. */
    void tcpSockets(byte family, int states) {
        int at = begin(SOCK_DIAG_BY_FAMILY, TcpSocket.INET_DIAG_MSG, INET_DIAG_REQ, 0);
        HostBytes.put32(bytes, at - NetlinkMessages.HEADER - 4, NETLINK_SOCK_DIAG);
        bytes[at] = family;
        bytes[at + 1] = IPPROTO_TCP;
        HostBytes.put32(bytes, at + 4, states);
    }

    /** The number of a generic netlink family; not a list but one answer. */
    void family(String name) {
        byte[] text = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        int attribute = 4 + text.length;
        int at = generic(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, attribute, wanted(XdpFeatures.CTRL_ATTR_FAMILY_ID));
        HostBytes.put16(bytes, at - NetlinkMessages.HEADER + 6, NLM_F_REQUEST);
        HostBytes.put16(bytes, at + XdpFeatures.GENLMSGHDR, attribute);
        HostBytes.put16(bytes, at + XdpFeatures.GENLMSGHDR + 2, CTRL_ATTR_FAMILY_NAME);
        System.arraycopy(text, 0, bytes, at + XdpFeatures.GENLMSGHDR + 4, text.length);
    }

    /** Of every device, which parts of XDP its driver has. */
    void xdpFeatures(int netdevFamily) {
        generic(
                netdevFamily,
                NETDEV_CMD_DEV_GET,
                0,
                wanted(XdpFeatures.NETDEV_A_DEV_IFINDEX, XdpFeatures.NETDEV_A_DEV_XDP_FEATURES));
    }

    private int generic(int family, byte command, int attributes, long wanted) {
        int at = begin(family, XdpFeatures.GENLMSGHDR, XdpFeatures.GENLMSGHDR + attributes, wanted);
        HostBytes.put32(bytes, at - NetlinkMessages.HEADER - 4, NETLINK_GENERIC);
        bytes[at] = command;
        bytes[at + 1] = 1;
        return at;
    }

    int count() {
        return count;
    }

    /** The first {@link #size} of it. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** The bits that make the shim keep these attributes. */
    static long wanted(int... attributes) {
        long bits = 0;
        for (int type : attributes) {
            bits |= 1L << type;
        }
        return bits;
    }

    private void traffic(int type, int ifindex, int parent, long wanted) {
        int at = begin(type, TCMSG, TCMSG, wanted);
        HostBytes.put32(bytes, at + 4, ifindex);
        HostBytes.put32(bytes, at + 12, parent);
    }

    /* returns where the family's header begins */
    private int begin(int type, int header, int payload, long wanted) {
        int length = NetlinkMessages.HEADER + payload;
        int end = size + SHIM_HEADER + (length + 7) / 8 * 8;
        if (bytes.length < end) {
            bytes = Arrays.copyOf(bytes, 2 * end);
        }
        Arrays.fill(bytes, size, end, (byte) 0);
        int message = size + SHIM_HEADER;
        HostBytes.put64(bytes, size, wanted);
        HostBytes.put32(bytes, size + 8, header);
        HostBytes.put32(bytes, message, length);
        HostBytes.put16(bytes, message + 4, type);
        HostBytes.put16(bytes, message + 6, DUMP);
        size = end;
        count++;
        return message + NetlinkMessages.HEADER;
    }
}

package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;

/** Dump requests, packed one behind the other. */
final class NetlinkRequests {
    static final int RTM_GETLINK = 18;
    static final int RTM_GETQDISC = 38;
    static final int RTM_GETTCLASS = 42;
    static final int RTM_GETTFILTER = 46;

    /** As tcm_ifindex: the parent is the index of a shared block. */
    static final int TCM_IFINDEX_MAGIC_BLOCK = 0xffffffff;

    /* NLM_F_REQUEST | NLM_F_DUMP */
    private static final short DUMP = 0x301;
    private static final int AF_PACKET = 17;
    private static final short IFLA_EXT_MASK = 29;
    private static final int RTEXT_FILTER_SKIP_STATS = 8;
    private static final int TCMSG = 20;
    private static final int IFINFOMSG = 16;

    private final NativeBuffer buffer = new NativeBuffer(4096);
    private int size;
    private int count;

    void clear() {
        size = 0;
        count = 0;
    }

    /** Every device, without counters. */
    void links() {
        int at = begin(RTM_GETLINK, IFINFOMSG + 8);
        ByteBuffer out = buffer.view();
        out.put(at, (byte) AF_PACKET);
        out.putShort(at + IFINFOMSG, (short) 8);
        out.putShort(at + IFINFOMSG + 2, IFLA_EXT_MASK);
        out.putInt(at + IFINFOMSG + 4, RTEXT_FILTER_SKIP_STATS);
    }

    /** Qdiscs of every device: asking for one is ignored. */
    void qdiscs() {
        begin(RTM_GETQDISC, TCMSG);
    }

    void classes(int ifindex) {
        traffic(RTM_GETTCLASS, ifindex, 0);
    }

    void filters(int ifindex, int parent) {
        traffic(RTM_GETTFILTER, ifindex, parent);
    }

    void blockFilters(int block) {
        traffic(RTM_GETTFILTER, TCM_IFINDEX_MAGIC_BLOCK, block);
    }

    int count() {
        return count;
    }

    long address() {
        return buffer.address();
    }

    int size() {
        return size;
    }

    private void traffic(int type, int ifindex, int parent) {
        int at = begin(type, TCMSG);
        buffer.view().putInt(at + 4, ifindex).putInt(at + 12, parent);
    }

    /* returns where the family's header begins */
    private int begin(int type, int payload) {
        int length = NetlinkMessages.HEADER + payload;
        if (buffer.capacity() - size < length) {
            buffer.grow(size);
        }
        ByteBuffer out = buffer.view();
        for (int i = 0; i < length; i += 4) {
            out.putInt(size + i, 0);
        }
        out.putInt(size, length);
        out.putShort(size + 4, (short) type);
        out.putShort(size + 6, DUMP);
        int at = size + NetlinkMessages.HEADER;
        size += length;
        count++;
        return at;
    }
}

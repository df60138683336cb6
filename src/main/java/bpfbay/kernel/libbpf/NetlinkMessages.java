package bpfbay.kernel.libbpf;

/**
 * A cursor over the messages of one netlink reply: {@code struct nlmsghdr}. Reads within its bounds only
 * and always ends; what contradicts itself is left out and counted.
 */
final class NetlinkMessages {
    static final int HEADER = 16;

    private final HostBytes bytes;
    private final int end;
    private int next;
    private int at;
    private int length;
    private int damaged;

    NetlinkMessages(HostBytes bytes, int from, int to) {
        this.bytes = bytes;
        this.next = from;
        this.end = to;
    }

    /** Steps to the next message; false behind the last one that is whole. */
    boolean next() {
        if (next >= end) {
            return false;
        }
        int size = end - next < HEADER ? 0 : bytes.int32(next);
        if (size < HEADER || size > end - next) {
            next = end;
            damaged++;
            return false;
        }
        at = next;
        length = size;
        next = at + (int) Math.min((size + 3L) & ~3L, end - at);
        return true;
    }

    /** {@code nlmsg_type}: RTM_*. */
    int type() {
        return bytes.u16(at + 4);
    }

    /** Whether the family's own header is there: as large as {@code size}. */
    boolean holds(int size) {
        if (length - HEADER >= size) {
            return true;
        }
        damaged++;
        return false;
    }

    /** A number of the family's header; ask {@link #holds} before. */
    int int32(int offset) {
        return bytes.int32(at + HEADER + offset);
    }

    byte int8(int offset) {
        return bytes.int8(at + HEADER + offset);
    }

    byte[] array(int offset, int size) {
        return bytes.array(at + HEADER + offset, size);
    }

    /** What follows the family's header of that size. */
    NetlinkAttributes attributes(int headerSize) {
        int from = Math.min(at + HEADER + ((headerSize + 3) & ~3), at + length);
        return new NetlinkAttributes(this, bytes, from, at + length);
    }

    /** Whether anything could not be read; counts messages and attributes. */
    int damaged() {
        return damaged;
    }

    void damage() {
        damaged++;
    }
}

package bpfbay.kernel.libbpf;

/**
 * A cursor over attributes: {@code struct nlattr}. As its messages, it reads within its bounds only and
 * always ends. A value that is shorter than its reader wants is 0, and counts as damage.
 */
final class NetlinkAttributes {
    private static final int HEADER = 4;
    /* without NLA_F_NESTED and NLA_F_NET_BYTEORDER */
    private static final int TYPE_MASK = 0x3fff;

    private final NetlinkMessages owner;
    private final HostBytes bytes;
    private final int end;
    private int next;
    private int at;
    private int length;

    NetlinkAttributes(NetlinkMessages owner, HostBytes bytes, int from, int to) {
        this.owner = owner;
        this.bytes = bytes;
        this.next = from;
        this.end = to;
    }

    /** Steps to the next attribute; false behind the last one that is whole. */
    boolean next() {
        if (next >= end) {
            return false;
        }
        int size = end - next < HEADER ? 0 : bytes.u16(next);
        if (size < HEADER || size > end - next) {
            next = end;
            owner.damage();
            return false;
        }
        at = next;
        length = size - HEADER;
        next = Math.min(end, at + ((size + 3) & ~3));
        return true;
    }

    int type() {
        return bytes.u16(at + 2) & TYPE_MASK;
    }

    /** The value as attributes of its own. */
    NetlinkAttributes nested() {
        return new NetlinkAttributes(owner, bytes, at + HEADER, at + HEADER + length);
    }

    int u8() {
        return holds(1) ? bytes.int8(at + HEADER) & 0xff : 0;
    }

    int u16() {
        return holds(2) ? bytes.u16(at + HEADER) : 0;
    }

    int u32() {
        return holds(4) ? bytes.int32(at + HEADER) : 0;
    }

    long u64() {
        return holds(8) ? bytes.int64(at + HEADER) : 0;
    }

    byte[] bytes() {
        return bytes.array(at + HEADER, length);
    }

    /** The bytes up to the first NUL. */
    String text() {
        return bytes.text(at + HEADER, length);
    }

    private boolean holds(int size) {
        if (length >= size) {
            return true;
        }
        owner.damage();
        return false;
    }
}

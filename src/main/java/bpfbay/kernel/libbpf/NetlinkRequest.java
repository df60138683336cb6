package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One request of rtnetlink: header, the family's own header, attributes. */
final class NetlinkRequest {
    static final int NLM_F_REQUEST = 1;
    static final int NLM_F_ACK = 4;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;

    private static final int NLA_F_NESTED = 0x8000;
    private static final int HEADER_BYTES = 16;

    private final ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

    NetlinkRequest(int type, int flags) {
        bytes.putInt(0).putShort((short) type).putShort((short) (flags | NLM_F_REQUEST | NLM_F_ACK));
        bytes.putInt(1).putInt(0);
    }

    /** {@code struct ifinfomsg}. */
    NetlinkRequest device(int ifindex) {
        bytes.putInt(0).putInt(ifindex).putInt(0).putInt(0);
        return this;
    }

    /** {@code struct tcmsg}. */
    NetlinkRequest traffic(int ifindex, int handle, int parent, int info) {
        bytes.putInt(0).putInt(ifindex).putInt(handle).putInt(parent).putInt(info);
        return this;
    }

    NetlinkRequest u32(int type, int value) {
        bytes.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    NetlinkRequest text(int type, String value) {
        byte[] encoded = RawText.encode(value);
        bytes.putShort((short) (4 + encoded.length + 1)).putShort((short) type);
        bytes.put(encoded).put((byte) 0);
        bytes.position((bytes.position() + 3) & ~3);
        return this;
    }

    /** Attributes inside an attribute. */
    NetlinkRequest nest(int type, Runnable inner) {
        int start = bytes.position();
        bytes.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
        inner.run();
        bytes.putShort(start, (short) (bytes.position() - start));
        return this;
    }

    byte[] toBytes() {
        bytes.putInt(0, bytes.position());
        byte[] whole = new byte[Math.max(HEADER_BYTES, bytes.position())];
        bytes.get(0, whole);
        return whole;
    }
}

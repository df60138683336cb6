package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes netlink messages by hand, for what no kernel at hand would say. */
final class NetlinkBuilder {
    private final ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
    private final Deque<Integer> open = new ArrayDeque<>();
    private int message;

    /** Begins a message; the header's numbers are those of the family. */
    NetlinkBuilder message(int type, int... header) {
        message = out.position();
        out.putInt(0).putShort((short) type).putShort((short) 0).putInt(0).putInt(0);
        Arrays.stream(header).forEach(out::putInt);
        return lengthened();
    }

    NetlinkBuilder u8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    NetlinkBuilder u32(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    NetlinkBuilder text(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    NetlinkBuilder attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        out.put(new byte[-value.length & 3]);
        return lengthened();
    }

    NetlinkBuilder begin(int type) {
        open.push(out.position());
        out.putShort((short) 0).putShort((short) (type | 0x8000));
        return this;
    }

    NetlinkBuilder end() {
        int at = open.pop();
        out.putShort(at, (short) (out.position() - at));
        return lengthened();
    }

    byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    NetlinkMessages messages() {
        return messages(bytes());
    }

    static NetlinkMessages messages(byte[] bytes) {
        return new NetlinkMessages(HostBytes.copyOf(ByteBuffer.wrap(bytes)), 0, bytes.length);
    }

    private NetlinkBuilder lengthened() {
        out.putInt(message, out.position() - message);
        return this;
    }
}

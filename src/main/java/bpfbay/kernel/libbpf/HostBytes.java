package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A copy of what the kernel wrote, with its numbers in the host's order, and how to write such. Until Java
 * has compiled a method, a number from a buffer costs ten calls and one from here a single one; a first look
 * reads tens of thousands.
 */
final class HostBytes {
    private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final byte[] bytes;

    private HostBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From the position to the limit. */
    static HostBytes copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return new HostBytes(bytes);
    }

    int length() {
        return bytes.length;
    }

    byte int8(int at) {
        return bytes[at];
    }

    int u16(int at) {
        byte[] b = bytes;
        return IS_LITTLE ? (b[at] & 0xff) | (b[at + 1] & 0xff) << 8 : (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
    }

    int int32(int at) {
        byte[] b = bytes;
        return IS_LITTLE
                ? (b[at] & 0xff) | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24
                : b[at] << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | (b[at + 3] & 0xff);
    }

    long int64(int at) {
        long first = int32(at);
        long second = int32(at + 4);
        return IS_LITTLE ? (first & 0xffffffffL) | second << 32 : first << 32 | (second & 0xffffffffL);
    }

    static void put16(byte[] into, int at, int value) {
        into[at] = (byte) (IS_LITTLE ? value : value >> 8);
        into[at + 1] = (byte) (IS_LITTLE ? value >> 8 : value);
    }

    static void put32(byte[] into, int at, int value) {
        put16(into, at, IS_LITTLE ? value : value >> 16);
        put16(into, at + 2, IS_LITTLE ? value >> 16 : value);
    }

    static void put64(byte[] into, int at, long value) {
        put32(into, at, (int) (IS_LITTLE ? value : value >> 32));
        put32(into, at + 4, (int) (IS_LITTLE ? value >> 32 : value));
    }

    byte[] array(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Up to the first NUL, and not further than so many bytes. */
    String text(int from, int most) {
        int length = 0;
        while (length < most && bytes[from + length] != 0) {
            length++;
        }
        return RawText.decode(bytes, from, length);
    }
}

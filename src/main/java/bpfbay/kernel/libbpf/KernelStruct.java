package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A struct of the kernel by offsets. An older kernel's struct is shorter: what lies behind its end reads
 * as zero, which is also what a kernel leaves in fields that do not apply.
 *
 * @param bytes it lies in, in the host's order
 * @param from where it begins
 * @param length of it, as the kernel has it
 */
record KernelStruct(ByteBuffer bytes, int from, int length) {
    /** All that the buffer has left, in whatever order that reads. */
    KernelStruct(ByteBuffer bytes) {
        this(bytes.slice().order(ByteOrder.nativeOrder()), 0, bytes.remaining());
    }

    boolean has(int offset, int bytesWanted) {
        return offset + bytesWanted <= length;
    }

    int u32(int offset) {
        return has(offset, 4) ? bytes.getInt(from + offset) : 0;
    }

    long u64(int offset) {
        return has(offset, 8) ? bytes.getLong(from + offset) : 0;
    }

    byte[] array(int offset, int bytesWanted) {
        byte[] copy = new byte[bytesWanted];
        int there = Math.max(0, Math.min(bytesWanted, length - offset));
        if (there > 0) {
            bytes.get(from + offset, copy, 0, there);
        }
        return copy;
    }

    /** Up to the first NUL. */
    String text(int offset, int bytesWanted) {
        return RawText.decodeCString(array(offset, bytesWanted));
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A struct of the kernel by offsets. An older kernel's struct is shorter: what lies behind its end reads
 * as zero, which is also what a kernel leaves in fields that do not apply.
 */
record KernelStruct(ByteBuffer bytes) {
    KernelStruct {
        bytes = bytes.slice().order(ByteOrder.nativeOrder());
    }

    boolean has(int offset, int length) {
        return offset + length <= bytes.limit();
    }

    int u32(int offset) {
        return has(offset, 4) ? bytes.getInt(offset) : 0;
    }

    long u64(int offset) {
        return has(offset, 8) ? bytes.getLong(offset) : 0;
    }

    byte[] array(int offset, int length) {
        byte[] copy = new byte[length];
        int there = Math.max(0, Math.min(length, bytes.limit() - offset));
        if (there > 0) {
            bytes.get(offset, copy, 0, there);
        }
        return copy;
    }

    /** Up to the first NUL. */
    String text(int offset, int length) {
        return RawText.decodeCString(array(offset, length));
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A struct of the kernel by offsets. An older kernel's struct is shorter: what lies behind its end reads
 * as zero, which is also what a kernel leaves in fields that do not apply.
 *
 * @param bytes it lies in
 * @param from where it begins
 * @param length of it, as the kernel has it
 */
record KernelStruct(HostBytes bytes, int from, int length) {
    /** A copy of all that the buffer has left. */
    KernelStruct(ByteBuffer bytes) {
        this(HostBytes.copyOf(bytes), 0, bytes.remaining());
    }

    boolean has(int offset, int bytesWanted) {
        return offset + bytesWanted <= length;
    }

    int u32(int offset) {
        return has(offset, 4) ? bytes.int32(from + offset) : 0;
    }

    long u64(int offset) {
        return has(offset, 8) ? bytes.int64(from + offset) : 0;
    }

    byte[] array(int offset, int bytesWanted) {
        int there = Math.max(0, Math.min(bytesWanted, length - offset));
        return there == 0 ? new byte[bytesWanted] : Arrays.copyOf(bytes.array(from + offset, there), bytesWanted);
    }

    /** Up to the first NUL. */
    String text(int offset, int bytesWanted) {
        return RawText.decodeCString(array(offset, bytesWanted));
    }
}

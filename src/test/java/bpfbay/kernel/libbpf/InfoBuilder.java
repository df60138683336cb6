package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A {@code struct bpf_*_info} as a kernel returns it: zeroes, but for what is set by offset. */
final class InfoBuilder {
    private final ByteBuffer bytes;

    /** @param length {@code info_len}, shorter on an older kernel */
    InfoBuilder(int length) {
        bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    InfoBuilder u32(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    InfoBuilder u64(int offset, long value) {
        bytes.putLong(offset, value);
        return this;
    }

    InfoBuilder text(int offset, String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes.put(offset + i, (byte) text.charAt(i));
        }
        return this;
    }

    KernelStruct struct() {
        return new KernelStruct(bytes);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import java.nio.ByteBuffer;

/** Raw BTF objects: {@code bpf_btf_info.btf}. */
final class BtfBlobs {
    private static final int BTF_SIZE = 8;

    private final ObjectInfo info = new ObjectInfo();
    private final NativeBuffer blob = new NativeBuffer(1 << 16);

    /** The whole blob, good until the next one is read. */
    ByteBuffer read(int btfId) {
        try (Fd btf = FdById.btf(btfId)) {
            while (true) {
                KernelStruct answer = info.clear()
                        .pointer(0, blob.address())
                        .u32(BTF_SIZE, blob.capacity())
                        .ask(btf, "btf:" + Integer.toUnsignedString(btfId));
                int size = answer.u32(BTF_SIZE);
                if (size <= blob.capacity()) {
                    return blob.slice(size);
                }
                blob.grow(0);
            }
        }
    }
}

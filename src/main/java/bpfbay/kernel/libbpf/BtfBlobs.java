package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import java.nio.ByteBuffer;

/** Raw BTF objects: {@code bpf_btf_info.btf}. */
final class BtfBlobs {
    private static final int BTF_SIZE = 8;
    private static final int NAME = 16;
    private static final int NAME_LEN = 24;
    private static final int KERNEL_BTF = 28;

    private final ObjectInfo info = new ObjectInfo();
    private final NativeBuffer blob = new NativeBuffer(1 << 16);
    private final NativeBuffer name = new NativeBuffer(64);

    /** Whose types a BTF object describes. */
    enum Owner {
        KERNEL,
        PROGRAM
    }

    /** The whole blob, good until the next one is read. */
    ByteBuffer read(int btfId) {
        try (Fd btf = FdById.btf(btfId)) {
            while (true) {
                KernelStruct answer = info.clear()
                        .pointer(0, blob.address())
                        .u32(BTF_SIZE, blob.capacity())
                        .ask(btf, label(btfId));
                int size = answer.u32(BTF_SIZE);
                if (size <= blob.capacity()) {
                    return blob.slice(size);
                }
                blob.grow(0);
            }
        }
    }

    /** A module's is the kernel's as well (since 5.11). */
    Owner owner(int btfId) {
        try (Fd btf = FdById.btf(btfId)) {
            return info.clear().ask(btf, label(btfId)).u32(KERNEL_BTF) != 0 ? Owner.KERNEL : Owner.PROGRAM;
        }
    }

    /** {@code vmlinux} or that of a module. */
    String name(int btfId) {
        try (Fd btf = FdById.btf(btfId)) {
            name.view().put(0, new byte[name.capacity()]);
            info.clear()
                    .pointer(NAME, name.address())
                    .u32(NAME_LEN, name.capacity())
                    .ask(btf, label(btfId));
            return new KernelStruct(name.view()).text(0, name.capacity());
        }
    }

    private static String label(int btfId) {
        return "btf:" + Integer.toUnsignedString(btfId);
    }
}

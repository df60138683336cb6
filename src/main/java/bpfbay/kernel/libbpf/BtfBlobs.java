package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.model.Bytes;
import java.nio.ByteBuffer;

/** BTF objects by id: {@code struct bpf_btf_info}. Each call fails with Gone where it is no more. */
final class BtfBlobs {
    private static final int NAME = 16;
    private static final int NAME_LEN = 24;
    private static final int KERNEL_BTF = 28;
    /* a module's name: MODULE_NAME_LEN */
    private static final int NAME_BYTES = 64;

    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final NativeBuffer blob = new NativeBuffer(1 << 14);
    private final NativeBuffer name = new NativeBuffer(NAME_BYTES);

    /** What a BTF object describes. */
    enum Owner {
        KERNEL,
        PROGRAM
    }

    /** The raw object, good until the next call. */
    ByteBuffer read(int id) {
        int size = Filling.into(blob, (address, capacity) -> ReadShim.shim_btf_blob(id, address, capacity));
        if (size < 0) {
            throw FdById.refused("BPF_BTF_GET_FD_BY_ID", label(id), -size);
        }
        return blob.slice(size);
    }

    Bytes copy(int id) {
        ByteBuffer read = read(id);
        byte[] bytes = new byte[read.limit()];
        read.get(0, bytes);
        return Bytes.copyOf(bytes);
    }

    Owner owner(int id) {
        try (Fd btf = fds.btf(id)) {
            return info.clear().ask(btf, label(id)).u32(KERNEL_BTF) != 0 ? Owner.KERNEL : Owner.PROGRAM;
        }
    }

    /** {@code vmlinux} or a module; empty for a program's. */
    String name(int id) {
        try (Fd btf = fds.btf(id)) {
            name.view().put(0, new byte[NAME_BYTES]);
            info.clear().pointer(NAME, name.address()).u32(NAME_LEN, NAME_BYTES).ask(btf, label(id));
            return new KernelStruct(name.view()).text(0, NAME_BYTES);
        }
    }

    private static String label(int id) {
        return "btf:" + Integer.toUnsignedString(id);
    }
}

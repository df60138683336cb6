package bpfbay.kernel.libbpf;

import bpfbay.btf.Btf;
import bpfbay.kernel.KernelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of functions by BTF object and type id. The kernel's own BTF is megabytes, so it is read when a
 * link needs it and dropped again; the few names are kept.
 */
final class KernelFunctions {
    private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");

    private final BtfBlobs blobs;
    private final Map<Long, Optional<String>> names = new HashMap<>();

    KernelFunctions(BtfBlobs blobs) {
        this.blobs = blobs;
    }

    /** Of a BTF object of the kernel or a module. */
    Optional<String> ofKernel(int btfObjectId, int typeId) {
        long key = Integer.toUnsignedLong(btfObjectId) << 32 | Integer.toUnsignedLong(typeId);
        return names.computeIfAbsent(key, unknown -> read(btfObjectId, typeId));
    }

    /** Of a program's BTF, which goes with the program: nothing is kept. */
    Optional<String> ofProgram(int btfObjectId, int typeId) {
        try {
            return Btf.parse(blobs.read(btfObjectId)).functionName(typeId);
        } catch (KernelException gone) {
            return Optional.empty();
        }
    }

    private Optional<String> read(int btfObjectId, int typeId) {
        try {
            Btf kernel = Btf.parse(Files.readAllBytes(KERNEL_BTF));
            boolean isKernelItself = blobs.name(btfObjectId).equals("vmlinux");
            Btf btf = isKernelItself ? kernel : Btf.parseOnBase(copy(blobs.read(btfObjectId)), kernel);
            return btf.functionName(typeId);
        } catch (IOException | KernelException notThere) {
            return Optional.empty();
        }
    }

    private static ByteBuffer copy(ByteBuffer blob) {
        byte[] bytes = new byte[blob.limit()];
        blob.get(0, bytes);
        return ByteBuffer.wrap(bytes);
    }
}

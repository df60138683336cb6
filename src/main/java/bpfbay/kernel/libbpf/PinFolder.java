package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of bpfbay's own pins, on the bpffs that is there or, where there is none, on one of its own. */
final class PinFolder {
    private static final Path USUAL = Path.of("/sys/fs/bpf");
    private static final Path RUN = Path.of("/run/bpfbay");
    private static final Path OWN = RUN.resolve("bpf");

    private PinFolder() {}

    static Path make(String name) {
        return folder((isBpffs(USUAL) ? USUAL : ownBpffs()).resolve(name));
    }

    /* nothing is ever mounted over */
    private static Path ownBpffs() {
        folder(RUN);
        folder(OWN);
        if (!isBpffs(OWN)) {
            int err = SwapShim.shim_bpffs_mount(RawPath.encode(OWN.toString()));
            if (err != 0) {
                throw notMounted(-err);
            }
        }
        return OWN;
    }

    private static KernelException notMounted(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES ->
                new KernelException.Denied(new Problem("mount", OWN.toString(), errno, "needs CAP_SYS_ADMIN"));
            case Errno.ENODEV ->
                new KernelException.Unsupported(
                        new Problem("mount", OWN.toString(), errno, "this kernel has no bpffs (needs Linux 4.4)"));
            default -> new KernelException(new Problem("mount", OWN.toString(), errno, ""));
        };
    }

    private static boolean isBpffs(Path path) {
        return SwapShim.shim_bpffs_is(RawPath.encode(path.toString())) == 1;
    }

    private static Path folder(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return path;
        } catch (IOException refused) {
            // another bpfbay may have been first
            if (Files.isDirectory(path)) {
                return path;
            }
            throw new KernelException.Denied(
                    new Problem("mkdir", path.toString(), Errno.EACCES, String.valueOf(refused.getMessage())));
        }
    }
}

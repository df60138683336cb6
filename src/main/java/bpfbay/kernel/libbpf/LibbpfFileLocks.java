package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.FileLocks;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** flock(2). Whoever lets go of a lock may unlink its file, so the file is looked at again once it is locked. */
public final class LibbpfFileLocks implements FileLocks {
    private static final int TRIES = 16;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_NOFOLLOW = 0x20000;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int PRIVATE = 0600;

    @Override
    public Optional<Fd> lock(Path file) {
        for (int i = 0; i < TRIES; i++) {
            OpenFd fd = open(file);
            if (LibcLocks.flock(fd.number(), LOCK_EX | LOCK_NB) != 0) {
                int errno = Native.getLastError();
                fd.close();
                if (errno == Errno.EAGAIN) {
                    return Optional.empty();
                }
                throw new KernelException(new Problem("flock", file.toString(), errno, ""));
            }
            if (isStillThere(file, fd)) {
                return Optional.of(fd);
            }
            fd.close();
        }
        throw new KernelException(
                new Problem("flock", file.toString(), Errno.EAGAIN, "it is unlinked again and again"));
    }

    private static OpenFd open(Path file) {
        int fd = LibcLocks.open(
                RawPath.encode(file.toString()), O_RDWR | O_CREAT | O_NOFOLLOW | LibcFiles.O_CLOEXEC, PRIVATE);
        if (fd < 0) {
            throw new KernelException(new Problem("open", file.toString(), Native.getLastError(), ""));
        }
        return new OpenFd(fd);
    }

    private static boolean isStillThere(Path file, OpenFd fd) {
        try {
            return Files.isSameFile(file, Path.of("/proc/self/fd/" + fd.number()));
        } catch (IOException unlinked) {
            return false;
        }
    }
}

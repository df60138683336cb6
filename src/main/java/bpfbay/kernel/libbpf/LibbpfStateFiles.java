package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.StateFiles;
import bpfbay.model.Problem;
import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;

/** mkdir(2), and write(2) with O_APPEND and fsync(2); the guard's own are in {@code native/guard_journal.c}. */
public final class LibbpfStateFiles implements StateFiles {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_APPEND = 0x400;
    private static final int SEEK_END = 2;
    private static final int PRIVATE_FOLDER = 0700;
    private static final int PRIVATE_FILE = 0600;

    @Override
    public void makeFolder(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        if (LibcStateFiles.mkdir(RawPath.encode(folder.toString()), PRIVATE_FOLDER) != 0) {
            int errno = Native.getLastError();
            if (errno != Errno.EEXIST || !Files.isDirectory(folder)) {
                throw failure("mkdir", folder, errno);
            }
        }
    }

    @Override
    public void append(Path file, byte[] lines) {
        try (OpenFd fd = open(file, O_RDWR | O_APPEND | O_CREAT | LibcFiles.O_CLOEXEC)) {
            long end = end(file, fd);
            write(file, fd, end > 0 && !endsALine(fd, end) ? withLineFeed(lines) : lines);
            sync(file, fd);
            if (end == 0) {
                syncFolder(file);
            }
        }
    }

    private static OpenFd open(Path file, int flags) {
        int fd = LibcStateFiles.open(RawPath.encode(file.toString()), flags, PRIVATE_FILE);
        if (fd < 0) {
            throw failure("open", file, Native.getLastError());
        }
        return new OpenFd(fd);
    }

    /* a pipe has none, and would swallow the lines */
    private static long end(Path file, OpenFd fd) {
        long end = LibcStateFiles.lseek(fd.number(), 0, SEEK_END);
        if (end < 0) {
            throw failure("lseek", file, Native.getLastError());
        }
        return end;
    }

    private static boolean endsALine(OpenFd fd, long end) {
        byte[] last = new byte[1];
        return LibcStateFiles.pread(fd.number(), last, 1, end - 1) != 1 || last[0] == '\n';
    }

    private static byte[] withLineFeed(byte[] lines) {
        byte[] longer = new byte[lines.length + 1];
        longer[0] = '\n';
        System.arraycopy(lines, 0, longer, 1, lines.length);
        return longer;
    }

    /* a full disk may take the first part; what follows then begins a line of its own */
    private static void write(Path file, OpenFd fd, byte[] bytes) {
        long written = LibcStateFiles.write(fd.number(), bytes, bytes.length);
        if (written < 0) {
            throw failure("write", file, Native.getLastError());
        }
        if (written != bytes.length) {
            throw failure("write", file, Errno.ENOSPC);
        }
    }

    private static void sync(Path file, OpenFd fd) {
        if (LibcStateFiles.fsync(fd.number()) != 0) {
            int errno = Native.getLastError();
            // nothing that could be synced
            if (errno != Errno.EINVAL) {
                throw failure("fsync", file, errno);
            }
        }
    }

    private static void syncFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (OpenFd fd = open(folder, LibcFiles.O_RDONLY | LibcFiles.O_DIRECTORY | LibcFiles.O_CLOEXEC)) {
                sync(folder, fd);
            }
        }
    }

    private static KernelException failure(String operation, Path file, int errno) {
        return new KernelException(new Problem(operation, file.toString(), errno, ""));
    }
}

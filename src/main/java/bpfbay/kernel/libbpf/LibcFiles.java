package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc on descriptors and the heap: -1 and {@code Native.getLastError()} in the next statement. */
@NullUnmarked
final class LibcFiles {
    static final int O_RDONLY = 0;
    static final int O_CLOEXEC = 0x80000;
    static final int O_DIRECTORY = 0x10000;

    static {
        Native.register(LibcFiles.class, NativeCode.libc());
    }

    private LibcFiles() {}

    static native int open(byte[] path, int flags);

    static native long pread(int fd, long buf, long count, long offset);

    static native int dup(int fd);

    static native int setns(int fd, int nstype);

    static native int malloc_trim(long pad);
}

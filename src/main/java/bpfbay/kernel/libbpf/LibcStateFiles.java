package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc on files that are written: -1 and {@code Native.getLastError()} in the next statement. */
@NullUnmarked
final class LibcStateFiles {
    static {
        Native.register(LibcStateFiles.class, NativeCode.libc());
    }

    private LibcStateFiles() {}

    /* variadic in C; on x86-64 and aarch64 Linux an int is passed alike */
    static native int open(byte[] path, int flags, int mode);

    static native long lseek(int fd, long offset, int whence);

    static native long pread(int fd, byte[] buf, long count, long offset);

    static native long write(int fd, byte[] buf, long count);

    static native int fsync(int fd);

    static native int mkdir(byte[] path, int mode);
}

package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc on lock files: -1 and {@code Native.getLastError()} in the next statement. */
@NullUnmarked
final class LibcLocks {
    static {
        Native.register(LibcLocks.class, NativeCode.libc());
    }

    private LibcLocks() {}

    /* variadic in C; on x86-64 and aarch64 Linux an int is passed alike */
    static native int open(byte[] path, int flags, int mode);

    static native int flock(int fd, int operation);
}

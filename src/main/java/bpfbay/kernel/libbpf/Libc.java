package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc, as far as all of them need it: -1 and {@code Native.getLastError()} in the next statement. */
@NullUnmarked
final class Libc {
    static {
        Native.register(Libc.class, NativeCode.libc());
    }

    private Libc() {}

    static native int close(int fd);

    static native long read(int fd, long buf, long count);
}

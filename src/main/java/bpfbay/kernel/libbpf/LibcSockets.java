package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc on sockets and device names: -1 (or 0 for a name) and {@code Native.getLastError()} in the next statement. */
@NullUnmarked
final class LibcSockets {
    static {
        Native.register(LibcSockets.class, NativeCode.libc());
    }

    private LibcSockets() {}

    static native int socket(int domain, int type, int protocol);

    static native int setsockopt(int fd, int level, int name, long value, int length);

    static native long send(int fd, long buf, long length, int flags);

    static native long recv(int fd, long buf, long length, int flags);

    static native int if_nametoindex(byte[] name);
}

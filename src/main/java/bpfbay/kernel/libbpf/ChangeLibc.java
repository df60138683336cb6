package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** libc's ways to be told: -1 and {@code Native.getLastError()} in the next statement. Pointers are {@code long}. */
@NullUnmarked
final class ChangeLibc {
    static {
        Native.register(ChangeLibc.class, NativeCode.libc());
    }

    private ChangeLibc() {}

    static native int socket(int domain, int type, int protocol);

    static native int setsockopt(int fd, int level, int name, int[] value, int size);

    static native int bind(int fd, int[] address, int size);

    static native long recv(int fd, long buf, long size, int flags);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, byte[] path, int mask);

    static native int inotify_rm_watch(int fd, int watch);

    static native int eventfd(int value, int flags);

    static native long write(int fd, long[] buf, long size);

    static native int poll(long fds, long count, int timeoutMs);
}

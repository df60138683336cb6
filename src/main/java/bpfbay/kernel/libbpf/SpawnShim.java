package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_spawn.c} and {@code shim_message.c}: a value or -errno. Pointers are {@code long}; paths end with a NUL. */
@NullUnmarked
final class SpawnShim {
    static final int KEEP_STDERR = 1;
    static final int DETACHED = 2;
    static final int MESSAGE_FDS = 128;

    static {
        NativeCode.shim();
    }

    private SpawnShim() {}

    static native int shim_spawn(byte[] path, long argv, int[] fds, int count, int flags);

    /** The wait status; ends the child where it runs. */
    static native int shim_reap(int pid);

    static native int shim_socketpair(int[] ends);

    static native int shim_connect(byte[] path);

    static native int shim_send(int fd, byte[] buf, long length, int[] fds, int count, int timeoutMs);

    static native long shim_receive(int fd, long buf, long cap, int[] fds, int[] count, int timeoutMs);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_senders.c}: a value, or -errno. */
@NullUnmarked
final class SenderShim {
    static {
        NativeCode.shim();
    }

    private SenderShim() {}

    static native int shim_sizeof_notice();

    static native int shim_notices_open();

    static native long shim_notices_wait(int socket, int wake, long last, long buf, long capacity);

    static native int shim_socket_owner(int port, byte[] comm);

    static native int shim_netns_id(byte[] netns);
}

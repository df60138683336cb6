package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_sockets.c}. Pointers are {@code long}. */
@NullUnmarked
final class SocketShim {
    static {
        NativeCode.shim();
    }

    private SocketShim() {}

    static native int shim_sizeof_socket_row();

    static native long shim_proc_sockets(byte[] names, long rows, long cap, long denied);
}

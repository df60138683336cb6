package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_netns.c}. Pointers are {@code long}; paths end with a NUL. */
@NullUnmarked
final class NamespaceShim {
    static {
        NativeCode.shim();
    }

    private NamespaceShim() {}

    static native int shim_sizeof_ns_row();

    static native int shim_sizeof_hidden_row();

    static native int shim_sizeof_ns_name();

    static native long shim_namespaces(long rows, long cap, long denied);

    static native long shim_hidden_mounts(long rows, long cap);

    static native long shim_netns_names(byte[] directory, long buf, long cap);

    static native long shim_netns_cookie(byte[] path, long inode, long cookie);
}

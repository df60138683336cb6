package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_bpffs.c}. Pointers are {@code long}; paths end with a NUL. */
@NullUnmarked
final class BpffsShim {
    static {
        NativeCode.shim();
    }

    private BpffsShim() {}

    static native int shim_sizeof_dir();

    static native int shim_sizeof_dir_entry();

    static native int shim_sizeof_pin();

    static native long shim_bpffs_list(byte[] path, long buf, long cap);

    static native long shim_bpffs_mtimes(long paths, long count, long mtimes, long cap);

    static native long shim_bpffs_identify(long paths, long count, long pins, long cap);

    static native int shim_fd_identify(int fd, long pin);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_swap.c}: a value or -errno. Pointers are {@code long}; paths end with a NUL. */
@NullUnmarked
final class SwapShim {
    static {
        NativeCode.shim();
    }

    private SwapShim() {}

    static native int shim_sizeof_swap_place();

    static native int shim_sizeof_swap_answer();

    static native int shim_sizeof_swap_standing();

    static native int shim_swap_replace(long place, int expectedFd, int otherFd, long revision, long answer);

    static native int shim_swap_read(long place, int progId, long standing);

    static native int shim_netns_open(byte[] path, long inode);

    static native int shim_cgroup_open(byte[] path, long id);

    static native int shim_pin_renew(int fd, byte[] path);

    static native int shim_bpffs_is(byte[] path);

    static native int shim_bpffs_mount(byte[] path);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_netlink.c} and {@code shim_query.c}. Paths end with a NUL; pointers are {@code long}. */
@NullUnmarked
final class NetlinkShim {
    static {
        NativeCode.shim();
    }

    private NetlinkShim() {}

    static native int shim_sizeof_request();

    static native int shim_sizeof_reply();

    static native int shim_sizeof_query();

    static native long shim_netlink_dump(
            byte[] netns, long inode, byte[] requests, long requestsSize, long buf, long capacity);

    static native long shim_prog_query(byte[] netns, long inode, long queries, long count, long ids, long room);
}

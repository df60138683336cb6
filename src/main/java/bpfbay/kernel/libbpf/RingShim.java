package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_ring.c}: bytes written, or -errno. */
@NullUnmarked
final class RingShim {
    static {
        NativeCode.shim();
    }

    private RingShim() {}

    static native int shim_ring_open(int map, long size, long ring);

    static native long shim_ring_read(long ring, long buf, long capacity);

    static native void shim_ring_close(long ring);
}

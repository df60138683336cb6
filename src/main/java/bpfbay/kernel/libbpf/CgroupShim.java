package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_cgroup.c}. Paths end with a NUL; pointers are {@code long}. */
@NullUnmarked
final class CgroupShim {
    static {
        NativeCode.shim();
    }

    private CgroupShim() {}

    static native int shim_sizeof_cgroup();

    static native int shim_sizeof_chain();

    static native long shim_cgroup_walk(byte[] mount, int[] types, int count, long buf, long capacity);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_read.c}: bytes written, or -errno. */
@NullUnmarked
final class ReadShim {
    static {
        NativeCode.shim();
    }

    private ReadShim() {}

    static native long shim_btf_blob(int id, long buf, long cap);

    static native long shim_map_first(int id, long value, long size);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_proc.c}. Pointers are {@code long}. */
@NullUnmarked
final class ProcShim {
    static {
        NativeCode.shim();
    }

    private ProcShim() {}

    static native long shim_proc_holdings(long buf, long cap, int whose, long denied);
}

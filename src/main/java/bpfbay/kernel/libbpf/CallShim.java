package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_call.c}: a value or -errno. */
@NullUnmarked
final class CallShim {
    static {
        NativeCode.shim();
    }

    private CallShim() {}

    static native int shim_bpf_call(int cmd, long attr, int size);
}

package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** {@code bpf/libbpf.h} and {@code bpf/bpf.h}, as far as all of them need it. Negative returns are -errno. */
@NullUnmarked
final class Libbpf {
    static {
        Native.register(Libbpf.class, NativeCode.libbpf());
    }

    private Libbpf() {}

    static native int libbpf_major_version();

    static native int libbpf_minor_version();

    /** The old callback is returned; 0 silences. */
    static native long libbpf_set_print(long callback);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_slots.c}: bytes written, or -errno. */
@NullUnmarked
final class SlotShim {
    static {
        NativeCode.shim();
    }

    private SlotShim() {}

    static native long shim_map_programs(int id, int type, int entries, long ids, long capacity);
}

package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_objects.c} and {@code shim_size.c}. Pointers are {@code long}. */
@NullUnmarked
final class ObjectShim {
    static {
        NativeCode.shim();
    }

    private ObjectShim() {}

    static native int shim_sizeof_record();

    static native int shim_sizeof_prog_row();

    static native int shim_sizeof_link_row();

    static native int shim_sizeof_map_row();

    static native int shim_sizeof_holding_row();

    static native int shim_sizeof_object();

    static native int shim_sizeof_count_row();

    static native long shim_prog_rows(long buf, long cap);

    static native long shim_link_rows(long buf, long cap);

    static native long shim_map_rows(long buf, long cap);

    static native long shim_objects(int kind, int id, long buf, long cap);

    static native long shim_object_infos(int kind, int[] ids, int from, long buf, long cap);

    static native long shim_prog_counts(long ids, long count, long buf, long cap);
}

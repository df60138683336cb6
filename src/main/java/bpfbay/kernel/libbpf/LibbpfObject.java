package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/**
 * {@code bpf/libbpf.h} on object files. A {@code struct bpf_object *} and a {@code struct bpf_program *}
 * is a {@code long}. Negative returns are -errno; a null pointer has its errno in getLastError.
 */
@NullUnmarked
final class LibbpfObject {
    static {
        Native.register(LibbpfObject.class, NativeCode.libbpf());
        libbpf_set_print(0);
    }

    private LibbpfObject() {}

    /** The old callback is returned; 0 silences. */
    private static native long libbpf_set_print(long callback);

    static native long bpf_object__open_file(byte[] path, long opts);

    static native int bpf_object__load(long obj);

    static native void bpf_object__close(long obj);

    static native long bpf_object__next_program(long obj, long prog);

    static native String bpf_program__name(long prog);

    static native int bpf_program__fd(long prog);

    static native int bpf_program__set_type(long prog, int type);

    static native int bpf_program__set_expected_attach_type(long prog, int type);

    static native int bpf_program__set_attach_target(long prog, int attach_prog_fd, byte[] attach_func_name);

    static native long bpf_object__next_map(long obj, long map);

    static native String bpf_map__name(long map);

    static native int bpf_map__fd(long map);

    static native int bpf_link_create(int prog_fd, int target_fd, int attach_type, long opts);

    static native int bpf_iter_create(int link_fd);

    /** Every {@code struct bpf_*_info} begins with the type and the id, both u32. */
    static native int bpf_obj_get_info_by_fd(int bpf_fd, long info, long info_len);

    /** How many values user space reads for one key of a per-cpu map. */
    static native int libbpf_num_possible_cpus();
}

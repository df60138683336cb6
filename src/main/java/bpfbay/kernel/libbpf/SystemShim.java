package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.NullUnmarked;

/** {@code native/shim_system.c}: a value or -errno. Pointers are {@code long}; paths end with a NUL. */
@NullUnmarked
final class SystemShim {
    static {
        NativeCode.shim();
    }

    private SystemShim() {}

    static native int shim_sizeof_utsname();

    static native int shim_uname(long utsname);

    /** Nanoseconds. */
    static native long shim_boottime();

    /** The major version times 1000 and the minor one. */
    static native int shim_libbpf_version(byte[] soname);

    static native long shim_read_file(byte[] path, long buf, long cap);

    /** The address of so many bytes of anything; 0 where there is no room. */
    static native long shim_allocate(long size);

    static native void shim_free(long memory);

    /** A view that does not keep what it shows. */
    static native ByteBuffer shim_buffer(long memory, long size);
}

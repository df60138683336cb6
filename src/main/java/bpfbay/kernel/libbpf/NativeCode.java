package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.shim.Shim;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Map;

/**
 * The native parts. The shim speaks JNI, because JNA takes a fifth of a start to set itself up; libbpf and libc are reached
 * through JNA, by whoever first loads an object or changes something.
 */
final class NativeCode {
    /* the soname pins the ABI; libbpf.so without a number exists only where libbpf-dev is installed */
    private static final String LIBBPF = "libbpf.so.1";

    private NativeCode() {}

    /** Loads all that is needed, so that what is missing is said once and in one line. */
    static void require() {
        shim();
        libbpfVersion();
    }

    /** For every class of the shim's functions, before the first call. */
    static void shim() {
        try {
            Shim.load();
        } catch (Shim.NotLoaded refused) {
            throw missing(Shim.library().toString(), refused.hint());
        }
    }

    /** As {@code 1.1}. */
    static String libbpfVersion() {
        int version = SystemShim.shim_libbpf_version(RawPath.encode(LIBBPF));
        if (version < 0) {
            throw missing(LIBBPF, "install libbpf1");
        }
        return version / 1000 + "." + version % 1000;
    }

    static NativeLibrary libbpf() {
        try {
            return NativeLibrary.getInstance(LIBBPF, options());
        } catch (UnsatisfiedLinkError notLoaded) {
            throw missing(LIBBPF, "install libbpf1");
        }
    }

    /* not "c": with libc6-dev installed that finds the linker script libc.so first */
    static NativeLibrary libc() {
        return NativeLibrary.getProcess(options());
    }

    /* LC_ALL=C would make JNA take strings for US-ASCII */
    private static Map<String, ?> options() {
        return Map.of(Library.OPTION_STRING_ENCODING, "UTF-8");
    }

    /** An object file made from {@code bpf/}: {@code bpfObject("iterators")}. */
    static Path bpfObject(String name) {
        return Shim.home().resolve("target/bpf").resolve(name + ".bpf.o");
    }

    /** An executable made from {@code native/}. */
    static Path executable(String name) {
        return Shim.home().resolve("target/native").resolve(name);
    }

    private static KernelException missing(String name, String hint) {
        return new KernelException.Unsupported(new Problem("dlopen", name, Errno.ENOENT, hint));
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the native parts are. {@code bpfbay.home} names the directory that holds {@code target/}; without
 * it that of the jar is taken.
 */
final class NativeCode {
    private static final String HOME = "bpfbay.home";

    /* LC_ALL=C would make JNA take strings for US-ASCII */
    private static final Map<String, ?> OPTIONS = Map.of(Library.OPTION_STRING_ENCODING, "UTF-8");

    private NativeCode() {}

    /** Loads all that is needed, so that what is missing is said once and in one line. */
    static void require() {
        shim();
        libbpf();
    }

    static NativeLibrary shim() {
        Path path = home().resolve("target/native/libbpfbay.so");
        if (!Files.exists(path)) {
            throw missing(path.toString(), "not built: run ./bpfbay once, or make -C native");
        }
        return load(path.toString(), "cannot be loaded: build it again with make -C native");
    }

    /* the soname pins the ABI; libbpf.so without a number exists only where libbpf-dev is installed */
    static NativeLibrary libbpf() {
        return load("libbpf.so.1", "install libbpf1");
    }

    /* not "c": with libc6-dev installed that finds the linker script libc.so first */
    static NativeLibrary libc() {
        return NativeLibrary.getProcess(OPTIONS);
    }

    /** An object file made from {@code bpf/}: {@code bpfObject("iterators")}. */
    static Path bpfObject(String name) {
        return home().resolve("target/bpf").resolve(name + ".bpf.o");
    }

    /** An executable made from {@code native/}. */
    static Path executable(String name) {
        return home().resolve("target/native").resolve(name);
    }

    private static NativeLibrary load(String name, String hint) {
        try {
            return NativeLibrary.getInstance(name, OPTIONS);
        } catch (UnsatisfiedLinkError notLoaded) {
            throw missing(name, hint);
        }
    }

    private static KernelException missing(String name, String hint) {
        return new KernelException.Unsupported(new Problem("dlopen", name, Errno.ENOENT, hint));
    }

    private static Path home() {
        String home = System.getProperty(HOME);
        if (home != null) {
            return Path.of(home);
        }
        try {
            Path code = Path.of(NativeCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = code.toAbsolutePath().getParent();
            Path parent = target == null ? null : target.getParent();
            return parent == null ? Path.of("/") : parent;
        } catch (URISyntaxException notAFile) {
            return Path.of("");
        }
    }
}

package bpfbay.shim;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * {@code target/native/libbpfbay.so}. {@code bpfbay.home} names the directory that holds {@code target/}; without it that of
 * the jar is taken.
 */
public final class Shim {
    private static final String HOME = "bpfbay.home";

    private Shim() {}

    /**
     * Whoever has native methods calls this first; once it has worked it does nothing. Any thread may.
     *
     * @throws UnsatisfiedLinkError where it is missing or not for this machine
     */
    public static void load() {
        System.load(library().toString());
    }

    /** An absolute path, whether there is such a file or not. */
    public static Path library() {
        return home().resolve("target/native/libbpfbay.so").toAbsolutePath();
    }

    /** The directory that holds {@code target/}. */
    public static Path home() {
        String home = System.getProperty(HOME);
        if (home != null) {
            return Path.of(home);
        }
        try {
            Path code = Path.of(Shim.class
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

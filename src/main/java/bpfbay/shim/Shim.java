package bpfbay.shim;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code target/native/libbpfbay.so}. {@code bpfbay.home} names the directory that holds {@code target/}; without it that of
 * the jar is taken.
 */
public final class Shim {
    private static final String HOME = "bpfbay.home";
    private static final String NOT_BUILT = "not built: run ./bpfbay once, or make -C native";

    private Shim() {}

    /**
     * Whoever has native methods calls this first; once it has worked it does nothing. Any thread may.
     *
     * @throws NotLoaded where it is missing or not for this machine
     */
    public static void load() {
        Path path = library();
        try {
            System.load(path.toString());
        } catch (UnsatisfiedLinkError refused) {
            throw new NotLoaded(path, Files.exists(path));
        }
    }

    /** In one line, with what to do. */
    public static final class NotLoaded extends UnsatisfiedLinkError {
        private static final long serialVersionUID = 1;

        private final String hint;

        NotLoaded(Path path, boolean isThere) {
            this(path, isThere ? "cannot be loaded: build it again with make -C native" : NOT_BUILT);
        }

        private NotLoaded(Path path, String hint) {
            super("dlopen " + path + ": " + hint);
            this.hint = hint;
        }

        public String hint() {
            return hint;
        }
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

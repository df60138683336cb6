package bpfbay.journal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where bpfbay keeps what must outlive it. Nothing is made before it is first written to, and then for its
 * owner alone.
 *
 * @param state survives a reboot
 * @param run does not need to
 * @param blindSpot whom locks here do not reach
 */
public record StateFolders(Path state, Path run, Optional<String> blindSpot) {
    private static final Path PROC = Path.of("/proc");
    private static final String JOURNAL = "journal.jsonl";

    public StateFolders {
        requireNonNull(state, "state");
        requireNonNull(run, "run");
        requireNonNull(blindSpot, "blindSpot");
    }

    /** The host's, which all bpfbays of the host share. */
    public static StateFolders ofHost() {
        return ofHost(PROC);
    }

    static StateFolders ofHost(Path proc) {
        HostRoot root = new HostRoot(proc);
        Path state = root.folder(Path.of("/var/lib")).resolve("bpfbay");
        Path run = root.folder(Path.of("/run")).resolve("bpfbay");
        return new StateFolders(state, run, root.blindSpot());
    }

    /** A folder that the operator has chosen, for both. */
    public static StateFolders in(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new StateFolders(absolute, absolute.resolve("run"), Optional.empty());
    }

    /** In the order in which they are tried. */
    public List<Path> journals() {
        return List.of(state.resolve(JOURNAL), run.resolve(JOURNAL));
    }

    public Path locks() {
        return run.resolve("lock");
    }

    /** Of the sockets that guard processes answer at. */
    public Path controls() {
        return run.resolve("guard");
    }
}

package bpfbay.cli;

import bpfbay.kernel.Guardians;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The command that an operator names to say whether a swap may stay. */
final class ProbeFile {
    static final String REFUSAL = "is no file that can be run";

    /* one that takes longer than this tells nothing in time */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ProbeFile() {}

    /** Empty for what cannot be run. */
    static Optional<Guardians.Probe> of(String command) {
        try {
            Path path = Path.of(command).toAbsolutePath();
            boolean canRun = path.toFile().canExecute() && !path.toFile().isDirectory();
            return canRun ? Optional.of(new Guardians.Probe(path, LIMIT)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

package bpfbay.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small files of /proc and /sys. */
@FunctionalInterface
interface HostFiles {
    HostFiles RUNNING = path -> {
        try {
            return Optional.of(Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
        } catch (IOException hidden) {
            return Optional.empty();
        }
    };

    /** The text; empty where it is not there or not to be read. */
    Optional<String> read(String path);
}

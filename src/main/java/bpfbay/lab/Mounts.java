package bpfbay.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Mount points of the calling thread's mount namespace. */
record Mounts(List<String> lines) {
    static Mounts read() {
        try {
            return new Mounts(Files.readAllLines(Path.of("/proc/thread-self/mountinfo")));
        } catch (IOException noProc) {
            throw new LabException("/proc is not mounted: " + noProc.getMessage(), noProc);
        }
    }

    /** The first mount of the type. */
    Optional<Path> first(String type) {
        return lines.stream()
                .filter(line -> line.contains(" - " + type + " "))
                .map(Mounts::point)
                .findFirst();
    }

    boolean is(Path point, String type) {
        /* a later line is on top of an earlier one */
        return lines.stream()
                .filter(line -> point(line).equals(point))
                .reduce((below, above) -> above)
                .filter(line -> line.contains(" - " + type + " "))
                .isPresent();
    }

    private static Path point(String line) {
        return Path.of(line.split(" ", 6)[4]);
    }
}

package bpfbay.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the host's own folders are reached: as everybody names them, or, in a container that sees the
 * host's processes, through the root of pid 1.
 */
final class HostRoot {
    /** {@code PROC_PID_INIT_INO}: the pid namespace that the host has booted with. */
    private static final String PIDS_OF_THE_HOST = "pid:[4026531836]";

    private final Path proc;
    private final List<String> blindSpots = new ArrayList<>();

    HostRoot(Path proc) {
        this.proc = proc;
    }

    /** The host's folder where it can be reached, else our own of that name. */
    Path folder(Path path) {
        if (!seesThePidsOfTheHost()) {
            note("this container has pids of its own: a bpfbay outside of it does not see these locks");
            return path;
        }
        Optional<String> ours = mountOf(path, proc.resolve("thread-self/mountinfo"));
        Optional<String> theirs = mountOf(path, proc.resolve("1/mountinfo"));
        if (ours.isEmpty() || theirs.isEmpty()) {
            note("cannot tell whether " + path + " is the host's: /proc/1/mountinfo cannot be read");
            return path;
        }
        if (ours.equals(theirs)) {
            return path;
        }
        Path root = proc.resolve("1/root");
        Path through = root.resolve(path.toString().substring(1));
        if (Files.isDirectory(through)) {
            return through;
        }
        note("the host's " + path + " cannot be reached by " + root
                + ": a bpfbay of the host does not see these locks");
        return path;
    }

    /** Whom the locks do not reach. */
    Optional<String> blindSpot() {
        return blindSpots.stream().findFirst();
    }

    private void note(String blindSpot) {
        blindSpots.add(blindSpot);
    }

    private boolean seesThePidsOfTheHost() {
        try {
            return Files.readSymbolicLink(proc.resolve("self/ns/pid"))
                    .toString()
                    .equals(PIDS_OF_THE_HOST);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Device, folder and place of the mount that a path lies in. Without a privilege, where comparing the
     * roots themselves needs CAP_SYS_PTRACE.
     */
    private static Optional<String> mountOf(Path path, Path mountinfo) {
        try {
            String found = "";
            int depth = -1;
            // a later mount of one place covers the earlier
            for (String line :
                    Files.readString(mountinfo, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                String[] words = line.split(" ", 6);
                if (words.length == 6
                        && path.startsWith(words[4])
                        && Path.of(words[4]).getNameCount() >= depth) {
                    depth = Path.of(words[4]).getNameCount();
                    found = words[2] + " " + words[3] + " " + words[4];
                }
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package bpfbay.life;

import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cgroup of a test's own, with what the test makes below it. */
final class Cgroups implements AutoCloseable {
    private static final String KIND = " - cgroup2 ";

    private final String name;
    private final Path folder;

    Cgroups(String name) {
        this.name = name;
        this.folder = unified().resolve(name);
        make(folder);
    }

    /** Makes it, and those above it. */
    Path make(String path) {
        return make(folder.resolve(path));
    }

    void remove(Path cgroup) {
        try {
            Files.delete(cgroup);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean holds(String ref) {
        return ref.startsWith("cgroup:/" + name + "/");
    }

    String ref(Path cgroup) {
        return "cgroup:/" + name + "/" + folder.relativize(cgroup);
    }

    private static Path make(Path cgroup) {
        try {
            return Files.createDirectories(cgroup);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path unified() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/thread-self/mountinfo"))) {
                if (line.contains(KIND)) {
                    return Path.of(line.split(" ", 6)[4]);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        throw new AssertionError("no unified hierarchy is mounted");
    }

    @Override
    public void close() {
        Tool.run("find", folder.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }
}

package bpfbay.lab;

import java.nio.file.Path;
import java.util.Optional;

/** Where everything of one lab is, by its name. */
final class LabSite {
    private static final Path BPFFS = Path.of("/sys/fs/bpf");

    private final String name;

    LabSite(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Path netns() {
        return Path.of("/run/netns", name);
    }

    /** State of the lab; not /run/bpfbay, which need not exist. */
    Path folder() {
        return Path.of("/run", name);
    }

    Path lock() {
        return Path.of("/run", name + ".lock");
    }

    /** Written last: while it is missing the lab is not whole. */
    Path upFile() {
        return folder().resolve("up");
    }

    Path leftOutFile() {
        return folder().resolve("left-out");
    }

    /** One file for each process: pid and start time. */
    Path processes() {
        return folder().resolve("processes");
    }

    /** One folder for each incident that is staged, or was meant to be. */
    Path incidents() {
        return folder().resolve("incidents");
    }

    /** Another namespace, for what moves. */
    Path otherNetns() {
        return Path.of("/run/netns", name + "-other");
    }

    /** A bpffs of the lab's own, used where none is on /sys/fs/bpf: nothing is ever mounted over. */
    Path ownBpffs() {
        return folder().resolve("bpf");
    }

    Path pins() {
        return Mounts.read().is(BPFFS, "bpf") ? BPFFS.resolve(name) : ownBpffs().resolve(name);
    }

    boolean needsOwnBpffs() {
        return !Mounts.read().is(BPFFS, "bpf");
    }

    /** In the unified hierarchy, wherever that is mounted. */
    Optional<Path> cgroup() {
        return Mounts.read().first("cgroup2").map(root -> root.resolve(name));
    }
}

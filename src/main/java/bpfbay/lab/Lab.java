package bpfbay.lab;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loader;
import bpfbay.lab.LabStatus.LabProcess;
import bpfbay.lab.LabStatus.LeftOut;
import bpfbay.lab.LabStatus.Life;
import bpfbay.lab.LabStatus.State;
import bpfbay.model.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Builds, shows and removes one lab. Failures are a {@link LabException} or a {@link KernelException}. */
public final class Lab {
    private final Loader loader;
    private final LabOptions options;
    private final LabSite site;
    private final LabProcesses processes;
    private final Incidents incidents;

    public Lab(Loader loader, LabOptions options) {
        this.loader = loader;
        this.options = options;
        this.site = new LabSite(options.name());
        this.processes = new LabProcesses(site.processes(), loader.ownExecutable("labd"));
        this.incidents = new Incidents(loader, site);
    }

    /** What a command found to do. */
    public enum Deed {
        DONE,
        /** There was nothing to do. */
        NOTHING_TO_DO
    }

    /** What was done, and what stands now. */
    public record Outcome(Deed deed, LabStatus status) {}

    /**
     * Builds the lab; one that stands is left as it is, a damaged one is removed first. Where it fails
     * nothing stays.
     */
    public Outcome up(Consumer<String> progress) {
        return locked(() -> {
            State state = statusNow().state();
            if (state == State.UP) {
                return new Outcome(Deed.NOTHING_TO_DO, statusNow());
            }
            if (state == State.DAMAGED) {
                progress.accept("removing what is left of a lab");
                remove();
            }
            try {
                build(progress);
            } catch (RuntimeException failed) {
                try {
                    remove();
                } catch (LabException alsoFailed) {
                    failed.addSuppressed(alsoFailed);
                }
                throw failed;
            }
            return new Outcome(Deed.DONE, statusNow());
        });
    }

    /** Removes all of it, whatever is left. */
    public Outcome down() {
        return locked(() -> {
            if (statusNow().state() == State.DOWN) {
                return new Outcome(Deed.NOTHING_TO_DO, statusNow());
            }
            remove();
            return new Outcome(Deed.DONE, statusNow());
        });
    }

    /**
     * Stages one incident beside what is there; where it fails nothing of it stays.
     *
     * @param pause lets the time pass in which all is well, where an incident is a change
     */
    public Outcome stage(Incident incident, Consumer<Duration> pause, Consumer<String> progress) {
        return locked(() -> {
            if (statusNow().state() != State.UP) {
                throw new LabException(
                        statusNow().state() == State.DOWN
                                ? "there is no lab: lab up makes one"
                                : "the lab is damaged: lab up makes it anew");
            } else if (incidents.staged().contains(incident)) {
                return new Outcome(Deed.NOTHING_TO_DO, statusNow());
            }
            incidents.stage(incident, pause, progress);
            return new Outcome(Deed.DONE, statusNow());
        });
    }

    /** Removes what the incident has put there, however far its staging got. */
    public Outcome mend(Incident incident) {
        return locked(() -> {
            if (!incidents.staged().contains(incident)) {
                return new Outcome(Deed.NOTHING_TO_DO, statusNow());
            }
            incidents.mend(incident);
            return new Outcome(Deed.DONE, statusNow());
        });
    }

    public LabStatus status() {
        return statusNow();
    }

    private void build(Consumer<String> progress) {
        Path cgroup = site.cgroup().orElseThrow(() -> new LabException("no cgroup v2 hierarchy is mounted"));
        make(site.folder());
        make(cgroup);
        make(cgroup.resolve("agent"));
        make(cgroup.resolve("web"));
        if (site.needsOwnBpffs()) {
            make(site.ownBpffs());
            Command.run(
                    "mount",
                    "-t",
                    "bpf",
                    "-o",
                    "mode=0700",
                    "bpffs",
                    site.ownBpffs().toString());
            progress.accept("no bpffs on /sys/fs/bpf: mounted one at " + site.ownBpffs());
        }
        Command.run("ip", "netns", "add", site.name());
        int count = options.interfaces().orElse(Showcase.INTERFACES);
        Veths.create(site.name(), count);
        try (Stage stage = new Stage(loader, site, progress)) {
            if (options.interfaces().isPresent()) {
                new Fleet(stage).build(count, cgroup);
            } else {
                new Showcase(stage).build(cgroup);
            }
            processes.start("lab-agent", Orders.holding(cgroup.resolve("agent"), stage.held()));
            processes.start("lab-traffic", Orders.sending(cgroup.resolve("web"), site.netns(), count));
            write(
                    site.leftOutFile(),
                    stage.leftOut().stream()
                            .map(left -> left.what() + "\t" + left.why())
                            .toList());
        }
        write(site.upFile(), List.of(Integer.toString(count)));
    }

    /* What holds other things goes first; each step finds its own whether or not the others did. */
    private void remove() {
        incidents.staged().forEach(incidents::end);
        processes.endAll();
        site.cgroup().filter(Files::exists).ifPresent(cgroup -> {
            for (Path folder : deepestFirst(cgroup, Files::isDirectory)) {
                processes.clear(folder);
            }
        });
        removeTree(site.pins());
        if (Mounts.read().is(site.ownBpffs(), "bpf")) {
            Command.run("umount", site.ownBpffs().toString());
        }
        if (Files.exists(site.netns())) {
            Command.run("ip", "netns", "del", site.name());
        }
        if (Files.exists(site.otherNetns())) {
            Command.run("ip", "netns", "del", site.name() + "-other");
        }
        site.cgroup().filter(Files::exists).ifPresent(Lab::removeCgroup);
        removeTree(site.folder());
    }

    private LabStatus statusNow() {
        Optional<Path> netns = Optional.of(site.netns()).filter(Files::exists);
        Optional<Path> cgroup = site.cgroup().filter(Files::exists);
        Optional<Path> pins = Optional.of(site.pins()).filter(Files::exists);
        List<LabProcess> running = processes.list();
        boolean isComplete = Files.exists(site.upFile())
                && netns.isPresent()
                && cgroup.isPresent()
                && pins.isPresent()
                && running.stream().allMatch(process -> process.life() == Life.RUNNING);
        boolean isAnything = netns.isPresent() || cgroup.isPresent() || pins.isPresent() || Files.exists(site.folder());
        return new LabStatus(
                site.name(),
                isComplete ? State.UP : isAnything ? State.DAMAGED : State.DOWN,
                netns,
                Veths.names(readLines(site.upFile()).stream().findFirst()),
                cgroup,
                pins,
                pins.map(folder -> deepestFirst(folder, Files::isRegularFile).size())
                        .orElse(0),
                Optional.of(site.ownBpffs()).filter(path -> Mounts.read().is(path, "bpf")),
                running,
                readLines(site.leftOutFile()).stream()
                        .map(line -> line.split("\t", 2))
                        .map(words -> new LeftOut(words[0], words.length > 1 ? words[1] : ""))
                        .toList(),
                incidents.staged());
    }

    private Outcome locked(Supplier<Outcome> body) {
        try (FileChannel file = FileChannel.open(site.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!lock.isValid()) {
                throw new LabException(site.lock() + " cannot be locked");
            }
            try {
                return body.get();
            } finally {
                if (statusNow().state() == State.DOWN) {
                    Files.deleteIfExists(site.lock());
                }
            }
        } catch (AccessDeniedException denied) {
            throw new KernelException.Denied(
                    new Problem("open", site.lock().toString(), Errno.EACCES, "the lab needs root"));
        } catch (IOException failed) {
            throw new LabException(site.lock() + ": " + failed.getMessage(), failed);
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new LabException(folder + " cannot be made: " + failed.getMessage(), failed);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException failed) {
            throw new LabException(file + ": " + failed.getMessage(), failed);
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException failed) {
            throw new LabException(file + ": " + failed.getMessage(), failed);
        }
    }

    private interface Kept {
        boolean test(Path path, java.nio.file.LinkOption... options);
    }

    private static List<Path> deepestFirst(Path folder, Kept kept) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> kept.test(path))
                    .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                    .toList();
        } catch (IOException failed) {
            throw new LabException(folder + ": " + failed.getMessage(), failed);
        }
    }

    /* the files of a cgroup go with its folder */
    static void removeCgroup(Path cgroup) {
        deepestFirst(cgroup, Files::isDirectory).forEach(Lab::delete);
    }

    static void removeTree(Path folder) {
        if (Files.exists(folder)) {
            deepestFirst(folder, Files::exists).forEach(Lab::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new LabException(path + " cannot be removed: " + failed.getMessage(), failed);
        }
    }
}

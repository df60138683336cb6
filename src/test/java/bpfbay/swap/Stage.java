package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.MapFacts;
import bpfbay.kernel.SshSessions;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.TestRuns;
import bpfbay.model.Attachment;
import bpfbay.model.Bytes;
import bpfbay.model.Endpoint;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Ref;
import bpfbay.model.Refs;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.model.Verdict;
import bpfbay.testing.FakeGuardians;
import bpfbay.testing.FakeLocks;
import bpfbay.testing.MemoryJournal;
import bpfbay.testing.Snapshots;
import bpfbay.testing.SwapWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** An engine over a kernel in small, on which the edge host's programs stand where its snapshot saw them. */
final class Stage implements Candidates, SshSessions, TestRuns, MapFacts {
    final Snapshot snapshot;
    final SwapWorld world;
    final MemoryJournal journal = new MemoryJournal();
    final FakeLocks locks = new FakeLocks();
    final FakeGuardians guardians;
    final SwapEngine engine;
    final Ground ground;
    final List<Duration> pauses = new ArrayList<>();
    Optional<Runnable> duringPause = Optional.empty();
    Survey survey = new Survey(List.of(), List.of());
    Contents contents = new Contents(List.of(), List.of());
    Optional<KernelException> loadFails = Optional.empty();
    Optional<Wish> wished = Optional.empty();
    final Map<Integer, String> layouts = new HashMap<>();
    int loadedId = 4027;

    Stage(Path folder) {
        this(folder, Snapshots.edge());
    }

    Stage(Path folder, Snapshot snapshot) {
        this.snapshot = snapshot;
        Path pins = made(folder.resolve("bpf"));
        Path controls = made(folder.resolve("guard"));
        world = new SwapWorld(pins);
        guardians = new FakeGuardians(world, journal, locks);
        ground = ground("root", controls);
        world.knows(snapshot.programs(), snapshot.maps());
        snapshot.pins().forEach(pin -> world.held.add(pin.object()));
        for (Attachment attachment : snapshot.attachments()) {
            if (new Ways(snapshot, ground.cgroups()).of(attachment) instanceof Way.Atomic atomic) {
                world.places
                        .computeIfAbsent(atomic.place(), place -> new ArrayList<>())
                        .add(attachment.progId().orElseThrow());
            }
        }
        engine = new SwapEngine(ground);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ground ground(String user, Path controls) {
        return new Ground(
                world.kernel,
                world,
                this,
                guardians,
                this,
                this,
                this,
                path -> Optional.of("/sys/fs/cgroup" + path),
                journal,
                locks,
                controls,
                new JournalEntry.By(4242, "bpfbay", user),
                Clock.fixed(FakeGuardians.NOW, ZoneOffset.UTC),
                this::pause);
    }

    SwapEngine engineOf(String user) {
        return new SwapEngine(ground(user, ground.controls()));
    }

    private boolean pause(Duration time) {
        pauses.add(time);
        Optional<Runnable> during = duringPause;
        duringPause = Optional.empty();
        during.ifPresent(Runnable::run);
        return !Thread.currentThread().isInterrupted();
    }

    Attachment attachment(String ref) {
        return Refs.resolve(Ref.parse(ref), snapshot).orElseThrow();
    }

    SwapPlace place(String ref) {
        return ((Way.Atomic) new Ways(snapshot, ground.cgroups()).of(attachment(ref))).place();
    }

    /** A request for the refs, with nothing out of the ordinary. */
    static SwapRequest request(String candidate, String... refs) {
        return SwapRequest.of(
                new SwapRequest.Target.Named(
                        List.of(refs).stream().map(Ref::parse).toList()),
                Candidate.parse(candidate));
    }

    PreparedSwap plan(SwapRequest request) {
        return engine.plan(request, snapshot);
    }

    GuardResult guard(GuardName name, SwapRequest request) {
        try (PreparedSwap prepared = plan(request.onlyPlanned())) {
            return prepared.plan().guard(name).orElseThrow();
        }
    }

    SwapOutcome swap(SwapRequest request) {
        try (PreparedSwap prepared = plan(request)) {
            return commit(prepared);
        }
    }

    SwapOutcome commit(PreparedSwap prepared) {
        return engine.commit(prepared, new Consent.Typed(prepared.plan().phrase()), Progress.SILENT);
    }

    /** kill -9 of bpfbay: its descriptors and locks go, whoever is armed goes on. */
    void die() {
        guardians.starterDies();
        locks.starterDies(guardians);
        world.close(guardians.open());
        journal.killedAt = Optional.empty();
    }

    @Override
    public Contents contents(Path objectFile) {
        return contents;
    }

    @Override
    public Loaded load(Wish wish) {
        wished = Optional.of(wish);
        loadFails.ifPresent(e -> {
            throw e;
        });
        world.held.add(ObjectId.prog(loadedId));
        Fd fd = world.program(loadedId);
        world.held.remove(ObjectId.prog(loadedId));
        return new Loaded() {
            @Override
            public Fd program() {
                return fd;
            }

            @Override
            public int progId() {
                return loadedId;
            }

            @Override
            public Map<String, Fd> maps() {
                return Map.of();
            }

            @Override
            public String verifierLog() {
                return "processed 12 insns";
            }

            @Override
            public void close() {
                fd.close();
            }
        };
    }

    @Override
    public Survey survey(List<NetNamespace> namespaces) {
        return survey;
    }

    @Override
    public Run run(Fd program, Verdict.Family family, Bytes packet) {
        int id = world.identify(program).id();
        return new Run(new Verdict(family, id == 4027 ? 1 : 2), packet, Duration.ofNanos(30));
    }

    @Override
    public Facts of(int mapId) {
        return new Facts(
                world.kernel.maps.items().stream()
                        .filter(map -> map.id() == mapId)
                        .findFirst()
                        .orElseThrow(),
                Optional.empty(),
                Optional.ofNullable(layouts.get(mapId)),
                OptionalLong.of(4096));
    }

    /** A connection that comes in through the device of the own namespace. */
    static SshSession session(int ifindex) {
        Endpoint end = new Endpoint(InetAddress.getLoopbackAddress(), 22);
        return new SshSession(
                Snapshots.OWN_NETNS,
                end,
                end,
                new Sign(Sign.Kind.HOLDER, "held by sshd 812"),
                List.of(new Hop(Snapshots.OWN_NETNS, ifindex, "eth0", "has its local address")));
    }

    /** A stage on whose edge host these programs are other than usual. */
    static Stage knowing(Path folder, List<Program> programs) {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Snapshot edge = Snapshots.edge();
        Map<Integer, Program> byId = new LinkedHashMap<>();
        edge.programs().forEach(program -> byId.put(program.id(), program));
        programs.forEach(program -> byId.put(program.id(), program));
        return new Stage(folder, copy(edge, edge.attachments(), edge.index().pins(), byId));
    }

    static KernelException rejected(String log) {
        return new KernelException.Rejected(new Problem("BPF_PROG_LOAD", "xdp_fw", 13, "the verifier says no"), log);
    }

    /** The picture taken once that program stands there. */
    static Snapshot seeing(Snapshot before, String ref, int progId) {
        List<Attachment> attachments = before.attachments().stream()
                .map(a -> a.ref().equals(ref)
                        ? new Attachment(
                                a.ref(),
                                a.place(),
                                a.position(),
                                a.via(),
                                OptionalInt.of(progId),
                                a.linkId(),
                                a.revision(),
                                a.filter(),
                                a.attachFlags(),
                                a.slot())
                        : a)
                .toList();
        return copy(before, attachments, before.index().pins(), before.index().programs());
    }

    /** The picture in which that program has a pin. */
    static Snapshot pinned(Snapshot before, int progId, Path path) {
        Map<ObjectId, List<Pin>> pins = new HashMap<>(before.index().pins());
        pins.put(ObjectId.prog(progId), List.of(new Pin(ObjectId.prog(progId), path.toString(), 1, "0:28")));
        return copy(before, before.attachments(), pins, before.index().programs());
    }

    private static Snapshot copy(
            Snapshot of, List<Attachment> attachments, Map<ObjectId, List<Pin>> pins, Map<Integer, Program> programs) {
        return new Snapshot(
                of.host(),
                of.takenAt(),
                of.duration(),
                of.namespaces(),
                of.interfaces(),
                attachments,
                List.copyOf(programs.values()),
                of.links(),
                of.maps(),
                of.pins(),
                of.cgroups(),
                new Relations(
                        programs,
                        of.index().links(),
                        of.index().maps(),
                        of.index().owners(),
                        pins,
                        of.index().attachments(),
                        of.index().slots(),
                        of.index().ownership()),
                of.activity(),
                of.own(),
                of.problems());
    }

    static Set<GuardName> accepted(GuardName... names) {
        return Set.of(names);
    }
}

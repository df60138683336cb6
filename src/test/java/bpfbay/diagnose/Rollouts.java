package bpfbay.diagnose;

import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Made-up histories of a host on which loads of few programs come, go and grow old on few devices, so that
 * most of what the rules look for comes about in one or the other, and ends again.
 */
final class Rollouts {
    private static final int DEVICES = 3;
    private static final int PROGRAMS = 9;
    private static final int MAPS = 4;
    private static final int LINKS = 8;

    private final Random random;
    private final Map<String, Consumer<SnapshotBuilder>> pieces = new TreeMap<>();
    private final List<String> folders;
    private Instant now;

    private Rollouts(long seed) {
        random = new Random(seed);
        now = random.nextBoolean() ? SnapshotBuilder.TAKEN_AT : Instant.parse("2026-11-21T23:59:20Z");
        folders = random.nextBoolean()
                ? List.of("/sys/fs/bpf/a/", "/sys/fs/bpf/b/", "/proc/7/root/run/bpf/", "/sys/fs/bpf/bpfbay/x/")
                : List.of("/run/bpf/", "/run/bpf/a/", "/proc/7/root/run/bpf/", "/sys/fs/bpf/");
    }

    /** Pictures some seconds apart, which share nothing. */
    static List<Snapshot> of(long seed, int length) {
        Rollouts rollouts = new Rollouts(seed);
        for (int i = 0; i < 40; i++) {
            rollouts.happen();
        }
        List<Snapshot> pictures = new ArrayList<>();
        while (pictures.size() < length) {
            for (int i = rollouts.random.nextInt(4); i > 0; i--) {
                rollouts.happen();
            }
            pictures.add(rollouts.picture());
            rollouts.now = rollouts.now.plusSeconds(1 + rollouts.random.nextInt(5));
        }
        return pictures;
    }

    private Snapshot picture() {
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(Fixture.NETNS);
        pieces.values().forEach(piece -> piece.accept(host));
        Snapshot s = host.build();
        return new Snapshot(
                s.host(),
                now,
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                s.pins(),
                s.cgroups(),
                s.index(),
                s.activity(),
                s.own(),
                s.problems());
    }

    /** One piece comes, goes or is another. Their names give the order of the lists. */
    private void happen() {
        switch (random.nextInt(16)) {
            case 0 -> turn("a device ", random.nextInt(DEVICES), this::device);
            case 1 -> turn("b map ", 1 + random.nextInt(MAPS), this::map);
            case 2, 3, 4 -> turn("c program ", 1 + random.nextInt(PROGRAMS), this::program);
            case 5, 6, 7, 8 -> turn("d link ", 1 + random.nextInt(LINKS), this::link);
            case 9 -> turn("e attached ", random.nextInt(DEVICES), this::attached);
            case 10, 11, 12 -> turn("f pin ", random.nextInt(6), this::pin);
            case 13 -> turn("g process ", 1 + random.nextInt(4), this::process);
            case 14 -> turn("h counts", 0, this::counts);
            default -> turn("i rare ", random.nextInt(20), this::rare);
        }
    }

    private void turn(String kind, int number, IntFunction<Consumer<SnapshotBuilder>> made) {
        if (random.nextInt(3) == 0) {
            pieces.remove(kind + number);
        } else {
            pieces.put(kind + number, made.apply(number));
        }
    }

    private Consumer<SnapshotBuilder> device(int number) {
        Reading<Boolean> isNative = random.nextBoolean() ? Reading.of(true) : NetInterface.NOT_ASKED;
        NetInterface device = new NetInterface(
                Fixture.NETNS,
                2 + number,
                "eth" + number,
                true,
                1500,
                Optional.of("veth"),
                OptionalInt.empty(),
                random.nextBoolean() ? OptionalInt.of(2 + random.nextInt(DEVICES)) : OptionalInt.empty(),
                OptionalInt.empty(),
                isNative);
        return host -> host.device(device);
    }

    private Consumer<SnapshotBuilder> map(int number) {
        String name = List.of("state", "fw.data", "counts").get(random.nextInt(3));
        int entries = 8 << random.nextInt(2);
        return host -> host.map(number, MapType.HASH, name, 4, 8, entries);
    }

    private Consumer<SnapshotBuilder> program(int number) {
        ProgType type = number % 3 == 0 ? ProgType.XDP : ProgType.SCHED_CLS;
        Program made = Fixture.program(
                number, type, random.nextInt(4) == 0 ? "mark" : "fw", "v" + random.nextInt(3), someMap(), someMap());
        Program loaded = random.nextInt(3) == 0 ? made : Fixture.loadedAt(now, made);
        return host -> host.program(loaded);
    }

    private int someMap() {
        return 1 + random.nextInt(MAPS);
    }

    private int someProgram() {
        return 1 + random.nextInt(PROGRAMS);
    }

    private Consumer<SnapshotBuilder> link(int number) {
        int program = someProgram();
        int device = random.nextInt(DEVICES);
        if (random.nextInt(4) == 0) {
            return host -> host.link(number, LinkType.TCX, program, new AttachTarget.Netdev(OptionalLong.empty(), 0));
        }
        return random.nextInt(3) == 0
                ? host -> Fixture.xdpLink(host, device, program, number)
                : host -> Fixture.tcxLink(host, device, program, number);
    }

    private Consumer<SnapshotBuilder> attached(int number) {
        int program = someProgram();
        if (random.nextBoolean()) {
            return host -> host.attachFilter(Fixture.tc(number), Fixture.filter(number, 1 + program, program, program));
        }
        XdpMode mode = random.nextBoolean() ? XdpMode.GENERIC : XdpMode.NATIVE;
        return host -> host.attach(new Place.Xdp(Fixture.eth(number), mode), Via.NETLINK, program);
    }

    private Consumer<SnapshotBuilder> pin(int number) {
        String folder = folders.get(random.nextInt(folders.size()));
        ObjectId object = someObject();
        return host -> host.pin(object, folder + number);
    }

    private ObjectId someObject() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> ObjectId.prog(someProgram());
            case 2 -> ObjectId.map(someMap());
            default -> ObjectId.link(1 + random.nextInt(LINKS));
        };
    }

    private Consumer<SnapshotBuilder> process(int number) {
        Holder holder = Fixture.process(number, number > 2 ? "agent" : "tracer" + number);
        List<ObjectId> held = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            ObjectId object = someObject();
            if (!held.contains(object)) {
                held.add(object);
            }
        }
        return host -> held.forEach(object -> host.hold(holder, object));
    }

    private Consumer<SnapshotBuilder> counts(int number) {
        Map<Integer, RunRate> rates = new HashMap<>();
        for (int program = 1; program <= PROGRAMS; program++) {
            rates.put(program, new RunRate(random.nextInt(2) * 20.0, OptionalDouble.empty(), now));
        }
        Activity activity =
                new Activity(Activity.State.ON, Map.of(), rates, Optional.of(Duration.ofSeconds(2)), Optional.of(now));
        return host -> host.activity(activity);
    }

    /** Of the host as a whole. */
    private Consumer<SnapshotBuilder> rare(int number) {
        return switch (number) {
            case 0 -> host -> host.ownership(new Reading.Denied<>("CAP_SYS_PTRACE"));
            case 1 -> host -> host.own(ObjectId.prog(2));
            case 2 -> host -> host.slots(new Reading.NotAsked<>("not yet"));
            case 3 -> host -> host.slots(Reading.of(Map.of(3, List.of(ObjectId.map(1)))));
            case 4 -> host -> host.own(ObjectId.link(3));
            case 5 -> host -> host.problem("BPF_ENABLE_STATS", "runs", 1, "needs CAP_SYS_ADMIN");
            default -> host -> {};
        };
    }
}

package bpfbay.testing;

import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Holder;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Made-up histories of a host: the same seed makes the same, for ever, since a capture of one is kept as a
 * file. What stays is shared, as a collector shares it.
 */
public final class Histories {
    private final Random random;
    private Snapshot now;

    private Histories(Snapshot first, long seed) {
        now = first;
        random = new Random(seed);
    }

    /** The picture with its pins by path, as a collector lists them. */
    public static Snapshot collected(Snapshot s) {
        List<Pin> pins =
                s.pins().stream().sorted(Comparator.comparing(Pin::path)).toList();
        return new Snapshot(
                s.host(),
                s.takenAt(),
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                pins,
                s.cgroups(),
                Relations.of(
                        s.attachments(),
                        s.programs(),
                        s.links(),
                        s.maps(),
                        pins,
                        s.index().owners(),
                        s.index().slots(),
                        s.index().ownership()),
                s.activity(),
                s.own(),
                s.problems());
    }

    /** Pictures a second apart, in each of which some things are others than before. */
    public static List<Snapshot> of(Snapshot first, long seed, int length) {
        Histories history = new Histories(collected(first), seed);
        List<Snapshot> all = new ArrayList<>(List.of(history.now));
        while (all.size() < length) {
            all.add(history.next());
        }
        return List.copyOf(all);
    }

    /** The same picture, which shares no list and no attachment, program, link or holder with it. */
    public static Snapshot apart(Snapshot s) {
        List<Attachment> attachments = s.attachments().stream()
                .map(a -> new Attachment(
                        a.ref(),
                        a.place(),
                        a.position(),
                        a.via(),
                        a.progId(),
                        a.linkId(),
                        a.revision(),
                        a.filter(),
                        a.attachFlags(),
                        a.slot()))
                .toList();
        List<Program> programs = s.programs().stream()
                .map(p -> new Program(
                        p.id(),
                        p.type(),
                        p.name(),
                        p.tag(),
                        p.loadedAt(),
                        p.uid(),
                        p.license(),
                        p.bytesXlated(),
                        p.bytesJited(),
                        p.bytesMemlock(),
                        p.verifiedInsns(),
                        p.mapIds(),
                        p.btfId(),
                        p.expectedAttachType(),
                        p.fingerprint(),
                        p.functions()))
                .toList();
        List<Link> links = s.links().stream()
                .map(l -> new Link(l.id(), l.type(), l.progId(), l.attachType(), l.target()))
                .toList();
        List<Pin> pins = s.pins().stream()
                .map(p -> new Pin(p.object(), p.path(), p.inode(), p.mount()))
                .toList();
        Map<ObjectId, List<Owner>> owners = new HashMap<>();
        s.index()
                .owners()
                .forEach((object, there) -> owners.put(
                        object,
                        there.stream()
                                .map(o -> new Owner(o.holder(), o.holds(), o.inferredBecause()))
                                .toList()));
        return new Snapshot(
                s.host(),
                s.takenAt(),
                s.duration(),
                new ArrayList<>(s.namespaces()),
                new ArrayList<>(s.interfaces()),
                attachments,
                programs,
                links,
                new ArrayList<>(s.maps()),
                pins,
                s.cgroups().stream().map(Histories::boxedAnew).toList(),
                Relations.of(
                        attachments,
                        programs,
                        links,
                        s.maps(),
                        pins,
                        owners,
                        s.index().slots(),
                        s.index().ownership()),
                s.activity(),
                s.own(),
                s.problems());
    }

    /** Pictures a second apart, in which nothing changes. */
    public static List<Snapshot> quiet(Snapshot first, int length) {
        List<Snapshot> all = new ArrayList<>(List.of(collected(first)));
        while (all.size() < length) {
            Snapshot last = all.get(all.size() - 1);
            all.add(moved(last, last.takenAt().plusSeconds(1), Duration.ofNanos(8_000_001)));
        }
        return List.copyOf(all);
    }

    /** A host with one thing of each kind. */
    public static Snapshot few() {
        Holder holder = new Holder(7, 8, "agent", Optional.of("/a"), Optional.of("a.service"), Optional.empty());
        Place.Tcx place = new Place.Tcx(new Device(Snapshots.OWN_NETNS, 2, "eth0"), Direction.INGRESS);
        return new SnapshotBuilder()
                .ownNamespace(Snapshots.OWN_NETNS)
                .device(Snapshots.OWN_NETNS, 2, "eth0", "veth")
                .map(3, MapType.HASH, "cnt", 4, 8, 16)
                .program(1, ProgType.SCHED_CLS, "filter", 3)
                .link(4, LinkType.TCX, 1, new AttachTarget.Netdev(OptionalLong.empty(), 2), AttachType.TCX_INGRESS)
                .attachByLink(place, 1, 4)
                .attach(place, Via.PROG, 1)
                .hold(holder, ObjectId.link(4), ObjectId.map(3))
                .pin(ObjectId.prog(1), "/sys/fs/bpf/filter")
                .problem("RTM_GETTFILTER", "netns:blue", 1, "")
                .build();
    }

    private Snapshot next() {
        Instant at = now.takenAt().plusNanos(1_000_000_000L + random.nextInt(10_000_000));
        if (random.nextInt(3) == 0) {
            now = moved(now, at, Duration.ofNanos(random.nextInt(50_000_000)));
            return now;
        }
        List<Attachment> attachments = shuffled(now.attachments());
        List<Program> programs = shuffled(now.programs());
        List<Link> links = shuffled(now.links());
        List<BpfMap> maps = shuffled(now.maps());
        List<Pin> pins = new ArrayList<>(shuffled(now.pins()));
        if (random.nextInt(4) == 0) {
            ObjectId object = ObjectId.prog(random.nextInt());
            pins.add(new Pin(object, "/sys/fs/bpf/" + Snapshots.HOSTILE + random.nextInt(), random.nextLong(), "0:1"));
        }
        pins.sort(Comparator.comparing(Pin::path));
        List<NetNamespace> namespaces = shuffled(now.namespaces());
        List<NetInterface> interfaces = shuffled(now.interfaces());
        now = new Snapshot(
                now.host(),
                at,
                Duration.ofNanos(random.nextInt(50_000_000)),
                namespaces,
                interfaces,
                attachments,
                programs,
                links,
                maps,
                pins,
                cgroups(),
                Relations.of(
                        attachments,
                        programs,
                        links,
                        maps,
                        pins,
                        owners(),
                        random.nextInt(5) == 0 ? slots() : now.index().slots(),
                        random.nextInt(9) == 0
                                ? new Reading.Denied<>("CAP_X")
                                : now.index().ownership()),
                random.nextInt(3) == 0 ? activity(at) : now.activity(),
                random.nextInt(9) == 0 ? Set.of(ObjectId.link(random.nextInt())) : now.own(),
                random.nextInt(6) == 0
                        ? List.of(new Problem("op", Snapshots.HOSTILE, random.nextInt(200), ""))
                        : now.problems());
        return now;
    }

    /** Often the same list; else some go, one comes back changed of place. */
    private <T> List<T> shuffled(List<T> list) {
        if (random.nextInt(3) != 0 || list.isEmpty()) {
            return list;
        }
        List<T> other = new ArrayList<>(list);
        T moved = other.remove(random.nextInt(other.size()));
        if (random.nextBoolean()) {
            other.add(random.nextInt(other.size() + 1), moved);
        }
        return List.copyOf(other);
    }

    private List<Long> cgroups() {
        List<Long> there = now.cgroups();
        if (there.isEmpty()) {
            return there;
        }
        List<Long> other = new ArrayList<>(shuffled(there));
        other.sort(null);
        if (random.nextInt(4) == 0) {
            other.add(there.get(there.size() - 1) + 1 + random.nextInt(1000));
        }
        return other;
    }

    private static Long boxedAnew(Long id) {
        return Long.valueOf(id.longValue());
    }

    private Map<ObjectId, List<Owner>> owners() {
        Map<ObjectId, List<Owner>> owners = new TreeMap<>(now.index().owners());
        if (!owners.isEmpty() && random.nextInt(3) == 0) {
            owners.remove(owners.keySet().iterator().next());
        }
        if (random.nextInt(3) == 0) {
            Holder holder = new Holder(
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextBoolean() ? Snapshots.HOSTILE : "",
                    Optional.of("/x"),
                    Optional.empty(),
                    Optional.empty());
            owners.put(
                    ObjectId.map(random.nextInt(5)),
                    List.of(new Owner(holder, ObjectId.Kind.MAP, Optional.of("because"))));
        }
        return owners;
    }

    private Reading<Map<Integer, List<ObjectId>>> slots() {
        return random.nextBoolean()
                ? new Reading.Gone<>()
                : Reading.of(Map.of(random.nextInt(), List.of(ObjectId.map(random.nextInt()))));
    }

    private Activity activity(Instant at) {
        Map<Integer, RunCounts> counts = new HashMap<>(now.activity().counts());
        Map<Integer, RunRate> rates = new HashMap<>();
        now.activity()
                .rates()
                .forEach((id, rate) -> rates.put(id, new RunRate(rate.runsPerSecond(), rate.nsPerRun(), at)));
        Set<Integer> ids = new HashSet<>(counts.keySet());
        ids.add(random.nextInt(4));
        for (int id : ids) {
            switch (random.nextInt(4)) {
                case 0 -> counts.put(id, new RunCounts(random.nextLong(), random.nextLong()));
                case 1 -> counts.remove(id);
                case 2 ->
                    rates.put(
                            id,
                            new RunRate(
                                    random.nextDouble(), OptionalDouble.of(random.nextDouble()), at.minusSeconds(1)));
                default -> rates.remove(id);
            }
        }
        return new Activity(
                Activity.State.ON, counts, rates, Optional.of(Duration.ofNanos(1_000_000_007)), Optional.of(at));
    }

    private static Snapshot moved(Snapshot s, Instant at, Duration duration) {
        return new Snapshot(
                s.host(),
                at,
                duration,
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
}

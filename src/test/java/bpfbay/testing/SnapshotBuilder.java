package bpfbay.testing;

import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Holder;
import bpfbay.model.Host;
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
import bpfbay.model.RefPrinter;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.Via;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A host put together piece by piece. Positions and refs follow from the order in which attachments are
 * added; lists stay in the order of the calls.
 */
public final class SnapshotBuilder {
    public static final Instant TAKEN_AT = Instant.parse("2026-11-21T22:51:07.250Z");

    private final List<NetNamespace> namespaces = new ArrayList<>();
    private final List<NetInterface> interfaces = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final Map<Integer, Program> programs = new LinkedHashMap<>();
    private final Map<Integer, Link> links = new LinkedHashMap<>();
    private final Map<Integer, BpfMap> maps = new LinkedHashMap<>();
    private final List<Pin> pins = new ArrayList<>();
    private final List<Long> cgroups = new ArrayList<>();
    private final Map<ObjectId, List<Owner>> owners = new LinkedHashMap<>();
    private final Map<Place, Reading<Long>> revisions = new LinkedHashMap<>();
    private final Set<ObjectId> own = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private Reading<Relations.Scan> ownership = Reading.of(Relations.Scan.TASK_FILE_ITERATOR);
    private Reading<Map<Integer, List<ObjectId>>> slots = Reading.of(Map.of());
    private Activity activity = Activity.NONE;
    private Host host = new Host("edge-07", "6.18.44", "1.1", "5f0c1b6e-6a0f-4f0b-9a55-2d7f3c1f9e10");

    public SnapshotBuilder host(Host value) {
        host = value;
        return this;
    }

    public SnapshotBuilder ownNamespace(long inode) {
        namespaces.add(
                new NetNamespace(inode, OptionalLong.of(1), List.of(), "/proc/self/ns/net", NetNamespace.Scope.OWN));
        return this;
    }

    public SnapshotBuilder namespace(long inode, long cookie, String path, String... names) {
        namespaces.add(
                new NetNamespace(inode, OptionalLong.of(cookie), List.of(names), path, NetNamespace.Scope.OTHER));
        return this;
    }

    public SnapshotBuilder device(NetInterface device) {
        interfaces.add(device);
        return this;
    }

    public SnapshotBuilder device(long netns, int ifindex, String name, String... kind) {
        return device(new NetInterface(
                netns,
                ifindex,
                name,
                true,
                1500,
                kind.length == 0 ? Optional.empty() : Optional.of(kind[0]),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                NetInterface.NOT_ASKED));
    }

    public SnapshotBuilder program(Program program) {
        programs.put(program.id(), program);
        return this;
    }

    /** A program loaded {@code id} seconds after the morning of the fixture, with some maps. */
    public SnapshotBuilder program(int id, ProgType type, String name, Integer... mapIds) {
        return program(new Program(
                id,
                type,
                name,
                String.format("%016x", 0x9af1c02e51f06b1dL * (id | 1)),
                Instant.parse("2026-11-21T08:00:00Z").plusSeconds(Integer.toUnsignedLong(id)),
                0,
                Program.License.GPL_COMPATIBLE,
                96 + 8 * (id % 32),
                61 + id % 64,
                OptionalLong.of(4096),
                12 + id % 32,
                List.of(mapIds),
                OptionalInt.of(500 + id % 100),
                new Reading.NotAsked<>("the program iterator is not loaded"),
                Reading.of("fp-" + name),
                Reading.of("fn-" + name)));
    }

    public SnapshotBuilder map(int id, MapType type, String name, int keySize, int valueSize, int maxEntries) {
        maps.put(id, new BpfMap(id, type, name, keySize, valueSize, maxEntries, 0, OptionalInt.empty(), 0, 0));
        return this;
    }

    public SnapshotBuilder link(int id, LinkType type, int progId, AttachTarget target, AttachType... attachType) {
        links.put(
                id,
                new Link(
                        id,
                        type,
                        progId,
                        attachType.length == 0 ? Optional.empty() : Optional.of(attachType[0]),
                        target));
        return this;
    }

    /** The revision of all that is attached to the place afterwards. */
    public SnapshotBuilder revision(Place place, long revision) {
        revisions.put(place, Reading.of(revision));
        return this;
    }

    public SnapshotBuilder attachByLink(Place place, int progId, int linkId) {
        return attach(
                place,
                Via.LINK,
                OptionalInt.of(progId),
                OptionalInt.of(linkId),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    public SnapshotBuilder attach(Place place, Via via, int progId) {
        return attach(
                place,
                via,
                OptionalInt.of(progId),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    public SnapshotBuilder attachFilter(Place place, TcFilter filter) {
        return attach(
                place,
                Via.FILTER,
                filter.progId(),
                OptionalInt.empty(),
                Optional.of(filter),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    public SnapshotBuilder attachToCgroup(Place.Cgroup place, int progId, OptionalInt linkId, int flags) {
        return attach(
                place,
                linkId.isPresent() ? Via.LINK : Via.PROG,
                OptionalInt.of(progId),
                linkId,
                Optional.empty(),
                OptionalInt.of(flags),
                OptionalInt.empty());
    }

    /** Those that are there, by their inodes. */
    public SnapshotBuilder cgroups(Long... inodes) {
        cgroups.addAll(List.of(inodes));
        return this;
    }

    public SnapshotBuilder attachSlot(Place.Freplace place, int progId, int linkId, int slot) {
        return attach(
                place,
                Via.LINK,
                OptionalInt.of(progId),
                OptionalInt.of(linkId),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(slot));
    }

    private SnapshotBuilder attach(
            Place place,
            Via via,
            OptionalInt progId,
            OptionalInt linkId,
            Optional<TcFilter> filter,
            OptionalInt flags,
            OptionalInt slot) {
        int position = 1
                + (int) attachments.stream()
                        .filter(a -> a.place().equals(place))
                        .count();
        String ref = new RefPrinter(namespaces).print(place, position, linkId, filter, slot);
        Reading<Long> revision = revisions.getOrDefault(place, new Reading.Unsupported<>("a chain of programs"));
        attachments.add(new Attachment(ref, place, position, via, progId, linkId, revision, filter, flags, slot));
        return this;
    }

    public SnapshotBuilder pin(ObjectId object, String path) {
        pins.add(new Pin(object, path, 100L + pins.size(), path.startsWith("/proc/") ? "0:57" : "0:28"));
        return this;
    }

    public SnapshotBuilder hold(Holder holder, ObjectId... objects) {
        for (ObjectId object : objects) {
            owner(object, new Owner(holder, object.kind(), Optional.empty()));
        }
        return this;
    }

    public SnapshotBuilder infer(ObjectId object, Holder holder, ObjectId.Kind holds, String because) {
        return owner(object, new Owner(holder, holds, Optional.of(because)));
    }

    private SnapshotBuilder owner(ObjectId object, Owner owner) {
        owners.computeIfAbsent(object, o -> new ArrayList<>()).add(owner);
        return this;
    }

    public SnapshotBuilder slots(Reading<Map<Integer, List<ObjectId>>> value) {
        slots = value;
        return this;
    }

    public SnapshotBuilder ownership(Reading<Relations.Scan> value) {
        ownership = value;
        return this;
    }

    public SnapshotBuilder activity(Activity value) {
        activity = value;
        return this;
    }

    public SnapshotBuilder own(ObjectId object) {
        own.add(object);
        return this;
    }

    public SnapshotBuilder problem(String operation, String object, int errno, String hint) {
        problems.add(new Problem(operation, object, errno, hint));
        return this;
    }

    public Snapshot build() {
        Map<Integer, List<Attachment>> byProgram = new LinkedHashMap<>();
        attachments.forEach(a -> a.progId()
                .ifPresent(id ->
                        byProgram.computeIfAbsent(id, k -> new ArrayList<>()).add(a)));
        Map<ObjectId, List<Pin>> byObject = new LinkedHashMap<>();
        pins.forEach(pin ->
                byObject.computeIfAbsent(pin.object(), k -> new ArrayList<>()).add(pin));
        return new Snapshot(
                host,
                TAKEN_AT,
                Duration.ofMillis(42),
                namespaces,
                interfaces,
                attachments,
                List.copyOf(programs.values()),
                List.copyOf(links.values()),
                List.copyOf(maps.values()),
                pins,
                cgroups,
                new Relations(programs, links, maps, owners, byObject, byProgram, slots, ownership),
                activity,
                own,
                problems);
    }
}

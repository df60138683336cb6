package bpfbay.export;

import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A snapshot by the machine interface: {@code bpfbay/snapshot/1}. */
public final class SnapshotJson {
    public static final String SCHEMA = "bpfbay/snapshot/1";

    private final Snapshot snapshot;
    private final Json json;
    private final ObjectJson objects;
    private final AttachmentJson attachments;
    private final MissingJson missing;
    private final HolderTable holders;

    private SnapshotJson(Snapshot snapshot, OutputStream out) {
        this.snapshot = snapshot;
        this.json = new Json(out);
        this.missing = new MissingJson(json, snapshot);
        this.holders = new HolderTable(snapshot.index().owners());
        this.objects = new ObjectJson(snapshot, json, ObjectJson.Around.TOLD, missing, holders);
        this.attachments = new AttachmentJson(snapshot, json, objects, ObjectJson.Around.TOLD, missing);
    }

    /** One object on one line; failing to write is an UncheckedIOException. */
    public static void write(Snapshot snapshot, OutputStream out) {
        new SnapshotJson(snapshot, out).write();
    }

    private void write() {
        json.object().put("schema", SCHEMA);
        host(snapshot.host(), json);
        time(snapshot.takenAt(), snapshot.duration(), json);
        counting(snapshot.activity(), json);
        if (snapshot.index().ownership() instanceof Reading.Value<Relations.Scan> scan) {
            json.put("ownership", scan.value().name().toLowerCase(Locale.ROOT));
        }
        missing.document();
        holders.write(json);
        network();
        json.array("attachments");
        for (Attachment attachment : snapshot.attachments()) {
            attachments.element(attachment);
        }
        json.end().array("programs");
        for (Program program : snapshot.programs()) {
            objects.program(program);
        }
        json.end().array("links");
        for (Link link : snapshot.links()) {
            objects.link(link);
        }
        json.end().array("maps");
        for (BpfMap map : snapshot.maps()) {
            objects.map(map);
        }
        json.end();
        if (!snapshot.cgroups().isEmpty()) {
            json.array("cgroup_ids");
            snapshot.cgroups().forEach(json::u64);
            json.end();
        }
        unlisted();
        slots(snapshot.index().slots(), json);
        json.array("problems");
        for (Problem problem : snapshot.problems()) {
            problem(problem, json);
        }
        json.end().end().finish();
    }

    static void time(Instant takenAt, Duration duration, Json json) {
        json.put("taken_at", Words.exactTime(takenAt));
        json.put("duration_ms", duration.toMillis());
        if (duration.toNanos() % 1_000_000 != 0) {
            json.put("duration_ns", duration.toNanos());
        }
    }

    static void counting(Activity activity, Json json) {
        json.put("statistics", activity.state().name().toLowerCase(Locale.ROOT));
        if (activity.window().isPresent()) {
            json.put("window_ns", activity.window().get().toNanos());
        }
        if (activity.at().isPresent()) {
            json.put("counted_at", Words.exactTime(activity.at().get()));
        }
    }

    /** The maps in whose entries programs stand. */
    static void slots(Reading<Map<Integer, List<ObjectId>>> slots, Json json) {
        if (slots instanceof Reading.Value<Map<Integer, List<ObjectId>>> known) {
            json.array("slots");
            for (int progId : new TreeSet<>(known.value().keySet())) {
                json.object().u32("prog_id", progId).array("map_ids");
                for (ObjectId map : known.value().getOrDefault(progId, List.of())) {
                    json.element(map.id());
                }
                json.end().end();
            }
            json.end();
        }
    }

    /** Objects that somebody holds, pins or counted while their list was read without them. */
    private void unlisted() {
        Set<ObjectId> found = new TreeSet<>();
        unlisted(snapshot.index().owners().keySet(), found);
        unlisted(snapshot.index().pins().keySet(), found);
        unlisted(snapshot.own(), found);
        unlistedPrograms(snapshot.activity().counts().keySet(), found);
        unlistedPrograms(snapshot.activity().rates().keySet(), found);
        if (!found.isEmpty()) {
            json.array("unlisted");
            for (ObjectId object : found) {
                objects.unlisted(object);
            }
            json.end();
        }
    }

    private void unlisted(Set<ObjectId> objects, Set<ObjectId> found) {
        for (ObjectId object : objects) {
            if (!isListed(object)) {
                found.add(object);
            }
        }
    }

    private void unlistedPrograms(Set<Integer> ids, Set<ObjectId> found) {
        for (int id : ids) {
            if (!snapshot.index().programs().containsKey(id)) {
                found.add(ObjectId.prog(id));
            }
        }
    }

    private boolean isListed(ObjectId object) {
        return switch (object.kind()) {
            case PROG -> snapshot.index().programs().containsKey(object.id());
            case LINK -> snapshot.index().links().containsKey(object.id());
            case MAP -> snapshot.index().maps().containsKey(object.id());
        };
    }

    private void network() {
        json.array("netns");
        for (NetNamespace namespace : snapshot.namespaces()) {
            namespace(namespace, json);
        }
        json.end().array("interfaces");
        for (NetInterface device : snapshot.interfaces()) {
            device(device, missing, json);
        }
        json.end();
    }

    /** The machine, as a field of any document. */
    public static void host(Host host, Json json) {
        json.object("host")
                .putText("name", host.name())
                .putText("kernel", host.kernel())
                .putText("libbpf", host.libbpf())
                .putText("boot_id", host.bootId())
                .end();
    }

    static void namespace(NetNamespace namespace, Json json) {
        json.object().u64("inode", namespace.inode()).u64("cookie", namespace.cookie());
        json.array("names");
        for (String name : namespace.names()) {
            json.element(name);
        }
        json.end();
        if (namespace.isOwn()) {
            json.put("current", true);
        }
        json.putText("path", namespace.path());
        json.end();
    }

    static void device(NetInterface device, MissingJson missing, Json json) {
        json.object()
                .u64("netns", device.netns())
                .u32("ifindex", device.ifindex())
                .put("name", device.name())
                .put("up", device.isUp())
                .u32("mtu", device.mtu())
                .put("kind", device.kind())
                .u32("lower", device.lower())
                .u32("peer", device.peer())
                .u32("master", device.master());
        if (device.nativeXdp() instanceof Reading.Value<Boolean> nativeXdp) {
            json.put("native_xdp", nativeXdp.value());
        }
        missing.fact(MissingJson.NATIVE_XDP, device.nativeXdp()).element();
        json.end();
    }

    static void problem(Problem problem, Json json) {
        json.object().put("operation", problem.operation()).put("object", problem.object());
        if (problem.errno() != 0) {
            json.u32("errno", problem.errno());
        }
        json.putText("hint", problem.hint()).end();
    }
}

package bpfbay.export;

import bpfbay.model.Host;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.util.Locale;

/** A snapshot by the machine interface: {@code bpfbay/snapshot/1}. */
public final class SnapshotJson {
    public static final String SCHEMA = "bpfbay/snapshot/1";

    private final Snapshot snapshot;
    private final Json json;
    private final ObjectJson objects;
    private final AttachmentJson attachments;

    private SnapshotJson(Snapshot snapshot, OutputStream out) {
        this.snapshot = snapshot;
        this.json = new Json(out);
        this.objects = new ObjectJson(snapshot, json);
        this.attachments = new AttachmentJson(snapshot, json, objects);
    }

    /** One object on one line; failing to write is an UncheckedIOException. */
    public static void write(Snapshot snapshot, OutputStream out) {
        new SnapshotJson(snapshot, out).write();
    }

    private void write() {
        json.object(() -> {
                    json.put("schema", SCHEMA);
                    host(snapshot.host());
                    json.put("taken_at", Words.time(snapshot.takenAt()));
                    json.put("duration_ms", snapshot.duration().toMillis());
                    json.put("statistics", snapshot.activity().state().name().toLowerCase(Locale.ROOT));
                    json.array("netns", () -> snapshot.namespaces().forEach(this::namespace));
                    json.array("interfaces", () -> snapshot.interfaces().forEach(this::device));
                    json.array("attachments", () -> snapshot.attachments().forEach(attachments::element));
                    json.array("programs", () -> snapshot.programs().forEach(objects::program));
                    json.array("links", () -> snapshot.links().forEach(objects::link));
                    json.array("maps", () -> snapshot.maps().forEach(objects::map));
                    json.array("problems", () -> snapshot.problems().forEach(p -> problem(json, p)));
                })
                .finish();
    }

    private void host(Host host) {
        json.object("host", () -> json.putText("name", host.name())
                .putText("kernel", host.kernel())
                .putText("libbpf", host.libbpf())
                .putText("boot_id", host.bootId()));
    }

    private void namespace(NetNamespace namespace) {
        json.object(() -> {
            json.u64("inode", namespace.inode()).u64("cookie", namespace.cookie());
            json.array("names", () -> namespace.names().forEach(json::element));
            if (namespace.isOwn()) {
                json.put("current", true);
            }
        });
    }

    private void device(NetInterface device) {
        json.object(() -> json.u64("netns", device.netns())
                .u32("ifindex", device.ifindex())
                .put("name", device.name())
                .put("up", device.isUp())
                .u32("mtu", device.mtu())
                .put("kind", device.kind())
                .u32("lower", device.lower())
                .u32("peer", device.peer())
                .u32("master", device.master()));
    }

    static void problem(Json json, Problem problem) {
        json.object(() -> {
            json.put("operation", problem.operation()).put("object", problem.object());
            if (problem.errno() != 0) {
                json.u32("errno", problem.errno());
            }
            json.putText("hint", problem.hint());
        });
    }
}

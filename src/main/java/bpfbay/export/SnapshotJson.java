package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;
import bpfbay.model.Program;
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
        json.object().put("schema", SCHEMA);
        host(snapshot.host(), json);
        json.put("taken_at", Words.time(snapshot.takenAt()));
        json.put("duration_ms", snapshot.duration().toMillis());
        json.put("statistics", snapshot.activity().state().name().toLowerCase(Locale.ROOT));
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
        json.end().array("problems");
        for (Problem problem : snapshot.problems()) {
            problem(problem);
        }
        json.end().end().finish();
    }

    private void network() {
        json.array("netns");
        for (NetNamespace namespace : snapshot.namespaces()) {
            namespace(namespace);
        }
        json.end().array("interfaces");
        for (NetInterface device : snapshot.interfaces()) {
            device(device);
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

    private void namespace(NetNamespace namespace) {
        json.object().u64("inode", namespace.inode()).u64("cookie", namespace.cookie());
        json.array("names");
        for (String name : namespace.names()) {
            json.element(name);
        }
        json.end();
        if (namespace.isOwn()) {
            json.put("current", true);
        }
        json.end();
    }

    private void device(NetInterface device) {
        json.object()
                .u64("netns", device.netns())
                .u32("ifindex", device.ifindex())
                .put("name", device.name())
                .put("up", device.isUp())
                .u32("mtu", device.mtu())
                .put("kind", device.kind())
                .u32("lower", device.lower())
                .u32("peer", device.peer())
                .u32("master", device.master())
                .end();
    }

    private void problem(Problem problem) {
        json.object().put("operation", problem.operation()).put("object", problem.object());
        if (problem.errno() != 0) {
            json.u32("errno", problem.errno());
        }
        json.putText("hint", problem.hint()).end();
    }
}

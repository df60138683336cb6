package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.util.List;

/** A packet's path as text and as JSON ({@code bpfbay/path/1}). */
public final class PathText {
    private PathText() {}

    public static String of(PacketPath path, Snapshot snapshot) {
        NetInterface device = path.device();
        StringBuilder out = new StringBuilder();
        out.append(Escaper.escape(device.name()))
                .append("  ifindex ")
                .append(Words.u32(device.ifindex()))
                .append(device.isUp() ? "  up" : "  down")
                .append("  mtu ")
                .append(Words.u32(device.mtu()));
        device.kind().ifPresent(kind -> out.append("  ").append(Escaper.escape(kind)));
        out.append('\n').append(PacketPath.CLAIM).append('\n');
        path.neighbours().forEach(n -> out.append(n.tie().label())
                .append(": ")
                .append(Escaper.escape(n.name()))
                .append(n.kind().map(kind -> " (" + Escaper.escape(kind) + ")").orElse(""))
                .append('\n'));
        stages("ingress", path.ingress(), snapshot, out);
        stages("egress", path.egress(), snapshot, out);
        return out.toString();
    }

    private static void stages(String title, List<PacketPath.Stage> stages, Snapshot snapshot, StringBuilder out) {
        out.append('\n').append(title).append('\n');
        Table table = new Table("HOOK", "REF", "PROGRAM", "NOTE");
        for (PacketPath.Stage stage : stages) {
            String hook = stage.hook().label();
            String note = stage.note().orElse("");
            for (Attachment a : stage.attachments()) {
                table.row(
                        hook,
                        a.ref(),
                        a.progId().isPresent()
                                ? CommonFacts.programName(a.progId().getAsInt(), snapshot)
                                : "classic filter",
                        note);
                hook = "";
                note = "";
            }
        }
        if (table.isEmpty()) {
            out.append("nothing is attached\n");
        } else {
            table.print(out);
        }
    }

    public static void writeJson(PacketPath path, Snapshot snapshot, OutputStream out) {
        Json json = new Json(out);
        AttachmentJson attachments = new AttachmentJson(snapshot, json);
        json.object()
                .put("schema", "bpfbay/path/1")
                .put("interface", path.device().name())
                .u64("netns", path.device().netns())
                .u32("ifindex", path.device().ifindex());
        json.array("neighbours");
        for (PacketPath.Neighbour n : path.neighbours()) {
            json.object()
                    .put("tie", n.tie().label())
                    .put("name", n.name())
                    .put("kind", n.kind())
                    .end();
        }
        json.end();
        stages(json, "ingress", path.ingress(), attachments);
        stages(json, "egress", path.egress(), attachments);
        json.end().finish();
    }

    private static void stages(Json json, String name, List<PacketPath.Stage> stages, AttachmentJson attachments) {
        json.array(name);
        for (PacketPath.Stage stage : stages) {
            if (!stage.attachments().isEmpty()) {
                json.object()
                        .put("stage", stage.hook().label())
                        .put("note", stage.note())
                        .array("attachments");
                stage.attachments().forEach(attachments::element);
                json.end().end();
            }
        }
        json.end();
    }
}

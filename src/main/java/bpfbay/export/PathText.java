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
        AttachmentJson attachments = new AttachmentJson(snapshot, json, new ObjectJson(snapshot, json));
        json.object(() -> {
                    json.put("schema", "bpfbay/path/1")
                            .put("interface", path.device().name())
                            .u64("netns", path.device().netns())
                            .u32("ifindex", path.device().ifindex());
                    json.array("neighbours", () -> path.neighbours()
                            .forEach(n ->
                                    json.object(() -> json.put("tie", n.tie().label())
                                            .put("name", n.name())
                                            .put("kind", n.kind()))));
                    stages(json, "ingress", path.ingress(), attachments);
                    stages(json, "egress", path.egress(), attachments);
                })
                .finish();
    }

    private static void stages(Json json, String name, List<PacketPath.Stage> stages, AttachmentJson attachments) {
        json.array(name, () -> stages.stream()
                .filter(stage -> !stage.attachments().isEmpty())
                .forEach(stage -> json.object(() -> {
                    json.put("stage", stage.hook().label()).put("note", stage.note());
                    json.array("attachments", () -> stage.attachments().forEach(attachments::element));
                })));
    }
}

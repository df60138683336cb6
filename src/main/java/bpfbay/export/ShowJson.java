package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.util.List;

/**
 * One thing with everything that is known of it: {@code bpfbay/show/1}. The thing itself is an element as
 * in a snapshot; its facts are the lines that people read.
 */
public final class ShowJson {
    private final Json json;
    private final ObjectJson objects;
    private final AttachmentJson attachments;
    private final List<String> code;

    /**
     * @param code lines of the program's instructions; empty where they were not asked for
     */
    public ShowJson(Snapshot snapshot, List<String> code, OutputStream out) {
        this.json = new Json(out);
        this.objects = new ObjectJson(snapshot, json);
        this.attachments = new AttachmentJson(snapshot, json, objects);
        this.code = List.copyOf(code);
    }

    public void write(Attachment attachment, List<Fact> facts, List<String> commands) {
        write("attachment", facts, commands, () -> attachments.element(attachment));
    }

    public void write(Program program, List<Fact> facts, List<String> commands) {
        write("program", facts, commands, () -> objects.program(program));
    }

    public void write(Link link, List<Fact> facts, List<String> commands) {
        write("link", facts, commands, () -> objects.link(link));
    }

    public void write(BpfMap map, List<Fact> facts, List<String> commands) {
        write("map", facts, commands, () -> objects.map(map));
    }

    public void write(Pin pin, List<Fact> facts, List<String> commands) {
        write(
                "pin",
                facts,
                commands,
                () -> json.object(() -> json.put("path", pin.path())
                        .put("object", pin.object().kind().label())
                        .u32("id", pin.object().id())
                        .u64("inode", pin.inode())
                        .put("mount", pin.mount())));
    }

    private void write(String kind, List<Fact> facts, List<String> commands, Json.Body element) {
        json.object(() -> {
                    json.put("schema", "bpfbay/show/1").put("kind", kind).name(kind);
                    element.write();
                    json.array("facts", () -> facts.forEach(this::fact));
                    json.array("commands", () -> commands.forEach(json::element));
                    if (!code.isEmpty()) {
                        json.array("xlated", () -> code.forEach(json::element));
                    }
                })
                .finish();
    }

    private void fact(Fact fact) {
        json.object(() -> {
            json.put("label", fact.label()).put("text", fact.text().found());
            if (fact.text().found().isEmpty()) {
                json.put("missing", fact.text().reason());
            }
        });
    }
}

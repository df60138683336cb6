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
        this.attachments = new AttachmentJson(snapshot, json);
        this.code = List.copyOf(code);
    }

    public void write(Attachment attachment, List<Fact> facts, List<String> commands) {
        begin("attachment");
        attachments.element(attachment);
        end(facts, commands);
    }

    public void write(Program program, List<Fact> facts, List<String> commands) {
        begin("program");
        objects.program(program);
        end(facts, commands);
    }

    public void write(Link link, List<Fact> facts, List<String> commands) {
        begin("link");
        objects.link(link);
        end(facts, commands);
    }

    public void write(BpfMap map, List<Fact> facts, List<String> commands) {
        begin("map");
        objects.map(map);
        end(facts, commands);
    }

    public void write(Pin pin, List<Fact> facts, List<String> commands) {
        begin("pin");
        json.object()
                .put("path", pin.path())
                .put("object", pin.object().kind().label())
                .u32("id", pin.object().id())
                .u64("inode", pin.inode())
                .put("mount", pin.mount());
        if (pin.isOwn()) {
            json.put("own", true);
        }
        json.end();
        end(facts, commands);
    }

    private void begin(String kind) {
        json.object().put("schema", "bpfbay/show/1").put("kind", kind).name(kind);
    }

    private void end(List<Fact> facts, List<String> commands) {
        json.array("facts");
        for (Fact fact : facts) {
            json.object().put("label", fact.label()).put("text", fact.text());
            json.putText("missing", fact.text().reason()).end();
        }
        json.end();
        lines("commands", commands);
        if (!code.isEmpty()) {
            lines("xlated", code);
        }
        json.end().finish();
    }

    private void lines(String name, List<String> lines) {
        json.array(name);
        lines.forEach(json::element);
        json.end();
    }
}

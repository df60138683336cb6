package bpfbay.journal;

import bpfbay.export.Json;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.ProgramMark;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** Entries as lines. {@code native/guard_journal.c} writes the same fields, without a place. */
final class EntryWriter {
    static final String SCHEMA = "bpfbay/journal/";
    private static final int VERSION = 1;

    private EntryWriter() {}

    static byte[] lines(List<JournalEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JournalEntry entry : entries) {
            write(entry, bytes);
        }
        return bytes.toByteArray();
    }

    private static void write(JournalEntry entry, ByteArrayOutputStream bytes) {
        Json json = new Json(bytes).object();
        json.put("schema", SCHEMA + VERSION);
        json.putText("boot_id", entry.bootId());
        json.put("at", entry.at().toString());
        json.put("swap", entry.swap());
        json.put("event", entry.event().label());
        json.u32("member", entry.member());
        json.putText("ref", entry.ref());
        json.putText("primitive", entry.primitive());
        write(json, "from", entry.from());
        write(json, "to", entry.to());
        json.u32("link_id", entry.linkId());
        json.object("by").u32("pid", entry.by().pid());
        json.putText("comm", entry.by().comm());
        json.putText("user", entry.by().user()).end();
        entry.anchor().ifPresent(anchor -> write(json, anchor));
        json.putText("detail", entry.detail());
        json.end().finish();
    }

    private static void write(Json json, JournalEntry.Anchor anchor) {
        anchor.place().match(new PlaceWriter(json));
        json.put("hook", anchor.hook());
        if (!anchor.pins().isEmpty()) {
            json.array("pins");
            anchor.pins().forEach(json::element);
            json.end();
        }
    }

    private static void write(Json json, String name, Optional<ProgramMark> program) {
        if (program.isPresent()) {
            json.object(name).u32("prog_id", program.get().progId());
            json.putText("prog_name", program.get().name());
            json.putText("tag", program.get().tag()).end();
        }
    }
}

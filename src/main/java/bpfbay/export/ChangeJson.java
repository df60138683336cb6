package bpfbay.export;

import bpfbay.history.Occurrence;
import java.io.OutputStream;
import java.util.Optional;

/** What happened, by the machine interface: {@code bpfbay/change/1}, one object a line. */
public final class ChangeJson {
    public static final String SCHEMA = "bpfbay/change/1";

    private ChangeJson() {}

    /** One line; failing to write is an UncheckedIOException. */
    public static void write(Occurrence occurrence, OutputStream out) {
        Json json = new Json(out);
        json.object().put("schema", SCHEMA).put("at", Words.time(occurrence.at()));
        json.put("kind", occurrence.kind().label());
        if (occurrence.subject() instanceof Occurrence.Subject.Place place) {
            json.put("ref", place.ref());
        } else if (occurrence.subject() instanceof Occurrence.Subject.Loaded loaded) {
            json.u32("prog_id", loaded.progId());
        } else if (occurrence.subject() instanceof Occurrence.Subject.Pinned pinned) {
            json.put("path", pinned.path());
        }
        state(json, "before", occurrence.before());
        state(json, "after", occurrence.after());
        if (occurrence.by().isPresent()) {
            author(json, occurrence.by().get());
        }
        json.end().finish();
    }

    private static void state(Json json, String name, Optional<Occurrence.State> found) {
        if (found.isEmpty()) {
            return;
        }
        Occurrence.State state = found.get();
        json.object(name).u32("prog_id", state.progId());
        if (!state.tag().isEmpty()) {
            json.putText("prog_name", state.progName()).put("tag", state.tag());
        }
        json.u32("link_id", state.linkId()).put("ref", state.ref());
        if (!state.chain().isEmpty()) {
            json.array("chain");
            for (int id : state.chain()) {
                json.element(id);
            }
            json.end();
        }
        json.end();
    }

    private static void author(Json json, Occurrence.Author author) {
        json.object("by");
        AuthorsJson.author(json, author);
        json.end();
    }
}

package bpfbay.export;

import bpfbay.history.Comparison;
import bpfbay.history.Difference;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** What differs between two pictures, for programs: {@code bpfbay/diff/1}. */
public final class DiffJson {
    private DiffJson() {}

    /** One object on one line; failing to write is an UncheckedIOException. */
    public static void write(Snapshot before, Snapshot after, List<Difference> differences, OutputStream out) {
        Json json = new Json(out);
        json.object().put("schema", "bpfbay/diff/1");
        side("before", before, json);
        side("after", after, json);
        json.array("differences");
        for (Difference difference : differences) {
            json.object().putText("scope", difference.scope());
            json.put("ref", difference.ref()).put("what", difference.what().label());
            lines("before", difference.before(), json);
            lines("after", difference.after(), json);
            json.end();
        }
        json.end();
        Optional<String> unseen = Comparison.ownersUnseen(before, after);
        if (unseen.isPresent()) {
            json.array("not_compared").object().put("what", Difference.What.OWNERS.label());
            json.put("why", unseen.get()).end().end();
        }
        json.end().finish();
    }

    private static void side(String name, Snapshot snapshot, Json json) {
        json.object(name);
        SnapshotJson.host(snapshot.host(), json);
        json.put("taken_at", Words.exactTime(snapshot.takenAt())).end();
    }

    private static void lines(String name, List<String> lines, Json json) {
        json.array(name);
        lines.forEach(json::element);
        json.end();
    }
}

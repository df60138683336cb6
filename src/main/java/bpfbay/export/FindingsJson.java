package bpfbay.export;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Finding;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.util.Locale;

/** What was found, by the machine interface: {@code bpfbay/findings/1}. */
public final class FindingsJson {
    public static final String SCHEMA = "bpfbay/findings/1";

    private FindingsJson() {}

    /** One object on one line; failing to write is an UncheckedIOException. */
    public static void write(Snapshot snapshot, Diagnosis diagnosis, OutputStream out) {
        Json json = new Json(out);
        json.object().put("schema", SCHEMA);
        SnapshotJson.host(snapshot.host(), json);
        json.put("taken_at", Words.time(snapshot.takenAt()));
        json.array("findings");
        for (Finding finding : diagnosis.findings()) {
            finding(finding, json);
        }
        json.end().array("not_evaluated");
        for (NotEvaluated one : diagnosis.notEvaluated()) {
            json.object()
                    .put("code", one.code().label())
                    .put("why", one.why())
                    .put("cause", one.cause().name().toLowerCase(Locale.ROOT))
                    .end();
        }
        json.end().end().finish();
    }

    private static void finding(Finding finding, Json json) {
        json.object()
                .put("code", finding.code().label())
                .put("severity", finding.severity().label())
                .array("refs");
        for (String ref : finding.refs()) {
            json.element(ref);
        }
        json.end().array("prog_ids");
        for (int id : finding.progIds()) {
            json.element(id);
        }
        json.end().put("title", finding.title()).array("evidence");
        for (String line : finding.evidence()) {
            json.element(line);
        }
        json.end().put("suggest", finding.suggest()).end();
    }
}

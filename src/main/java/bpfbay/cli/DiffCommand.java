package bpfbay.cli;

import bpfbay.export.DiffJson;
import bpfbay.export.DiffText;
import bpfbay.export.Redaction;
import bpfbay.history.Comparison;
import bpfbay.history.Difference;
import bpfbay.model.Snapshot;
import java.util.List;

/** {@code bpfbay diff}. */
record DiffCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        List<String> names = invocation.operands();
        if (names.size() != 2) {
            throw invocation.wrong("needs two pictures: a file of snapshot --json or record, FILE@TIME, or 'now'");
        }
        PictureSource source = new PictureSource(invocation, surroundings);
        Snapshot first = source.picture(names.get(0));
        Snapshot second = source.picture(names.get(1));
        Redaction redaction = new Redaction();
        Snapshot before = invocation.has(Option.REDACT) ? redaction.of(first) : first;
        Snapshot after = invocation.has(Option.REDACT) ? redaction.of(second) : second;
        List<Difference> differences = Comparison.of(before, after);
        if (invocation.has(Option.JSON)) {
            DiffJson.write(before, after, differences, surroundings.out());
        } else {
            Output.print(surroundings.out(), DiffText.of(before, after, differences));
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.BAD_NEWS;
    }
}

package bpfbay.cli;

import bpfbay.export.Capture;
import bpfbay.export.Redaction;
import bpfbay.export.SnapshotJson;
import bpfbay.export.SnapshotText;
import bpfbay.model.Snapshot;

/** {@code bpfbay replay}. */
record ReplayCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        CaptureInput input = new CaptureInput(invocation, surroundings);
        Capture capture = input.open(invocation.operand().orElseThrow());
        int moment = invocation
                .value(Option.AT)
                .map(word -> input.moment(capture, word))
                .orElse(capture.size() - 1);
        Snapshot picture = capture.picture(moment);
        Snapshot shown = invocation.has(Option.REDACT) ? new Redaction().of(picture) : picture;
        if (invocation.has(Option.JSON)) {
            SnapshotJson.write(shown, surroundings.out());
        } else {
            Output.print(surroundings.out(), SnapshotText.of(shown));
        }
        return ExitCode.DONE;
    }
}

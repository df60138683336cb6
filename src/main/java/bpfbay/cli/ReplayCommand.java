package bpfbay.cli;

import bpfbay.export.Capture;
import bpfbay.export.RedactedRecording;
import bpfbay.export.Redaction;
import bpfbay.export.SnapshotJson;
import bpfbay.export.SnapshotText;
import bpfbay.history.Recording;
import bpfbay.model.Snapshot;
import java.util.Optional;

/** {@code bpfbay replay}. */
record ReplayCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        CaptureInput input = new CaptureInput(invocation, surroundings);
        Capture capture = input.open(invocation.operand().orElseThrow());
        Optional<Integer> wished = invocation.value(Option.AT).map(word -> input.moment(capture, word));
        if (!invocation.has(Option.JSON) && !invocation.has(Option.TEXT)) {
            return new ReplayScreen(invocation, surroundings, System.getenv(), recording(capture), wished.orElse(0))
                    .run();
        }
        int moment = wished.orElse(capture.size() - 1);
        Snapshot picture = capture.picture(moment);
        Snapshot shown = invocation.has(Option.REDACT) ? new Redaction().of(picture) : picture;
        if (invocation.has(Option.JSON)) {
            SnapshotJson.write(shown, surroundings.out());
        } else {
            Output.print(surroundings.out(), SnapshotText.of(shown));
        }
        return ExitCode.DONE;
    }

    private Recording recording(Capture capture) {
        return invocation.has(Option.REDACT) ? new RedactedRecording(capture, new Redaction()) : capture;
    }
}

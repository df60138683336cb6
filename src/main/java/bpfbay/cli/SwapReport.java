package bpfbay.cli;

import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.swap.SwapOutcome;
import java.io.UncheckedIOException;

/** How a command says what came of a swap. */
final class SwapReport {
    private SwapReport() {}

    /** What was done is done, and is told by the exit code, whoever could read the rest. */
    static void print(SwapOutcome outcome, Invocation invocation, Surroundings surroundings) {
        try {
            if (invocation.has(Option.JSON)) {
                SwapJson.write(outcome, surroundings.out());
            } else {
                Output.print(surroundings.out(), SwapText.of(outcome));
            }
        } catch (StandardOutput.ReaderGone | UncheckedIOException unread) {
            insist(outcome, surroundings);
        }
    }

    private static void insist(SwapOutcome outcome, Surroundings surroundings) {
        try {
            Output.print(surroundings.err(), "bpfbay: cannot write the output\n" + SwapText.of(outcome));
        } catch (UncheckedIOException nobodyIsThere) {
            return;
        }
    }

    /** Of {@code bpfbay swap}: what undid itself is bad news. */
    static ExitCode code(SwapOutcome outcome) {
        return switch (outcome.word()) {
            case "planned", "swapped", "confirmed" -> ExitCode.DONE;
            case "pending" -> ExitCode.PENDING;
            case "failed" -> ExitCode.FAILED;
            default -> ExitCode.BAD_NEWS;
        };
    }
}

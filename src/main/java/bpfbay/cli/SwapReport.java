package bpfbay.cli;

import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.swap.SwapOutcome;

/** How a command says what came of a swap. */
final class SwapReport {
    private SwapReport() {}

    static void print(SwapOutcome outcome, Invocation invocation, Surroundings surroundings) {
        if (invocation.has(Option.JSON)) {
            SwapJson.write(outcome, surroundings.out());
        } else {
            Output.print(surroundings.out(), SwapText.of(outcome));
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

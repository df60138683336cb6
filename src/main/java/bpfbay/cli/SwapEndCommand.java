package bpfbay.cli;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.swap.SwapEngine;
import bpfbay.swap.SwapOutcome;

/** {@code bpfbay confirm} and {@code bpfbay revert}: neither asks. */
record SwapEndCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        String id = invocation.operand().orElseThrow();
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            SwapEngine engine = surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
            boolean isRevert = invocation.command() == Command.REVERT;
            SwapOutcome outcome = isRevert ? engine.revert(id) : engine.confirm(id);
            SwapReport.print(outcome, invocation, surroundings);
            boolean isDone = isRevert && outcome instanceof SwapOutcome.Reverted;
            return isDone ? ExitCode.DONE : SwapReport.code(outcome);
        }
    }
}

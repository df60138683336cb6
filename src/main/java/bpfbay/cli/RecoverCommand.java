package bpfbay.cli;

import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapEngine;
import java.util.List;

/** {@code bpfbay recover}. */
record RecoverCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            SwapEngine engine = surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
            List<Recovery> recoveries = engine.recover();
            if (invocation.has(Option.JSON)) {
                SwapJson.writeRecoveries(recoveries, surroundings.out());
            } else {
                Output.print(surroundings.out(), SwapText.ofRecoveries(recoveries));
            }
            return ExitCode.DONE;
        }
    }
}

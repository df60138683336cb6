package bpfbay.cli;

import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.swap.SwapEngine;
import bpfbay.swap.SwapRecord;
import java.util.List;
import java.util.Optional;

/** {@code bpfbay swaps}. */
record SwapsCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            SwapEngine engine = surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
            Optional<String> forgotten = invocation.value(Option.FORGET);
            List<SwapRecord> swaps = forgotten.isPresent() ? List.of(engine.forget(forgotten.get())) : engine.swaps();
            if (invocation.has(Option.JSON)) {
                SwapJson.writeSwaps(swaps, surroundings.out());
            } else {
                Output.print(
                        surroundings.out(),
                        SwapText.of(swaps, surroundings.clock().instant()));
            }
            return ExitCode.DONE;
        }
    }
}

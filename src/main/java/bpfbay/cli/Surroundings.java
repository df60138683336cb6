package bpfbay.cli;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.swap.SwapEngine;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What a command runs in: where it writes, the kernel it may ask, what time it is. */
record Surroundings(OutputStream out, OutputStream err, Prompt prompt, Kernels kernels, Clock clock) {
    /** Opens the kernel; fails with a KernelException where nothing can be asked of it. */
    interface Kernels {
        Kernel open(Loading loading);

        Loader loader();

        /** What loads object files that somebody names, attached to nothing. */
        Candidates candidates();

        FeatureProbes probes(Loading loading);

        /** What swaps programs; the folder stands instead of the usual ones of journal and locks. */
        SwapEngine engine(Kernel kernel, Optional<Path> stateDir, Clock clock);
    }
}

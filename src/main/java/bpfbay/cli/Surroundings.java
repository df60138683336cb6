package bpfbay.cli;

import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import java.io.OutputStream;
import java.time.Clock;

/** What a command runs in: where it writes, the kernel it may ask, what time it is. */
record Surroundings(OutputStream out, OutputStream err, Kernels kernels, Clock clock) {
    /** Opens the kernel; fails with a KernelException where nothing can be asked of it. */
    interface Kernels {
        Kernel open(Loading loading);

        Loader loader();

        FeatureProbes probes(Loading loading);
    }
}

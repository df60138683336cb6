package bpfbay.cli;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.swap.SwapEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Fails a command that opens more of the kernel than its test expects, which overrides the rest. */
class UnaskedKernels implements Surroundings.Kernels {
    private final String why;

    UnaskedKernels(String why) {
        this.why = why;
    }

    @Override
    public Kernel open(Loading loading) {
        throw new AssertionError(why);
    }

    @Override
    public Loader loader() {
        throw new AssertionError(why);
    }

    @Override
    public Candidates candidates() {
        throw new AssertionError(why);
    }

    @Override
    public FeatureProbes probes(Loading loading) {
        throw new AssertionError(why);
    }

    @Override
    public SwapEngine engine(Kernel kernel, Optional<Path> stateDir, Clock clock) {
        throw new AssertionError(why);
    }
}

package bpfbay.swap;

import bpfbay.kernel.Guardians;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs an operator's probe while a canary soaks; before and at the deadline the guard process does. */
final class ProbeCommand {
    private ProbeCommand() {}

    /** Why it does not vouch for the swap; empty where it does. */
    static Optional<String> objection(Guardians.Probe probe) {
        try {
            Process process = new ProcessBuilder(probe.command().toString())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(probe.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.of("the probe took longer than " + probe.limit().toMillis() + " ms");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("the probe failed with status " + process.exitValue());
        } catch (IOException e) {
            return Optional.of("the probe cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}

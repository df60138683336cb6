package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Fd;
import bpfbay.model.Program;
import java.util.List;
import java.util.Optional;

/**
 * The candidate in hand.
 *
 * @param fd absent where it could not be loaded
 * @param refusal why it could not
 * @param refusedBy the guard that says so
 */
record Challenger(
        Candidate asked,
        Optional<Fd> fd,
        Optional<Program> program,
        Optional<Candidates.Loaded> loaded,
        String verifierLog,
        Optional<String> refusal,
        GuardName refusedBy)
        implements AutoCloseable {
    /** What a guard says that needs a loaded candidate, while there is none. */
    GuardResult missing(GuardName guard) {
        return refusal.isPresent() && refusedBy == guard
                ? new GuardResult(guard, GuardResult.Verdict.FAIL, List.of(refusal.get()))
                : GuardResult.notApplicable(guard, "the candidate is not loaded");
    }

    @Override
    public void close() {
        loaded.ifPresentOrElse(Candidates.Loaded::close, () -> fd.ifPresent(Fd::close));
    }
}

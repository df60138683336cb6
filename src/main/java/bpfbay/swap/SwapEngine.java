package bpfbay.swap;

import bpfbay.model.Snapshot;
import java.util.List;

/** Plans, commits, verifies, undoes. Calls block; one thread at a time. */
public class SwapEngine {
    private final Ground ground;

    public SwapEngine(Ground ground) {
        this.ground = ground;
    }

    /**
     * Makes a plan and asks every guard; nothing live is changed. The result must be closed, also after its
     * commit. Fails with {@link NotUnderstoodException} where a ref or the candidate names nothing or is of another
     * kind, and with a KernelException where privileges or kernel do not allow even a plan.
     */
    public PreparedSwap plan(SwapRequest request, Snapshot snapshot) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /** The outcome of leaving it at the plan. */
    public SwapOutcome.Planned planned(PreparedSwap prepared) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /**
     * Does what was planned, once. Whatever goes wrong is an outcome; it never throws for a kernel's no. A
     * blocked plan gives its refusal at once, so that nobody need be asked.
     */
    public SwapOutcome commit(PreparedSwap prepared, Consent consent, Progress progress) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /**
     * Lets a pending swap stay.
     *
     * @param id of a swap, or {@code last}: the only pending one, of this user
     */
    public SwapOutcome confirm(String id) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /**
     * Puts the old programs back.
     *
     * @param id of a swap, or {@code last}: the newest that has a way back, of this user
     */
    public SwapOutcome revert(String id) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /** Every swap the journal knows, the newest first. */
    public List<SwapRecord> swaps() {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /** Lets go of the way back of a finished swap. */
    public SwapRecord forget(String id) {
        throw new UnsupportedOperationException(ground.by().comm());
    }

    /** Names what crashed swaps left, undoes the unfinished ones and leaves nothing of ours behind. */
    public List<Recovery> recover() {
        throw new UnsupportedOperationException(ground.by().comm());
    }
}

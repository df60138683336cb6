package bpfbay.tui.state;

import bpfbay.model.Snapshot;
import bpfbay.swap.SwapRequest;

/** What the screen wishes of the engine; the answer comes as {@link SwapNews}. */
public sealed interface SwapWish {
    /** A plan, in place of the one that may be there. */
    record Plan(SwapRequest request, Snapshot snapshot) implements SwapWish {}

    /** Nobody looks at the plan any more. */
    record Drop() implements SwapWish {}

    /** Do what was planned; the phrase was typed at the prompt that listed its warnings. */
    record Commit(String id, String phrase) implements SwapWish {}

    record Confirm(String id) implements SwapWish {}

    record Undo(String id) implements SwapWish {}

    /** What the journal says, where it says anything new. */
    record Look() implements SwapWish {}

    /** How a path that was begun may go on. */
    record Paths(String begun) implements SwapWish {}

    /** Whether that can be run to say if a swap may stay. */
    record Probe(SwapRequest request, String file) implements SwapWish {}

    /** Which programs an object file holds. */
    record Programs(String file) implements SwapWish {}
}

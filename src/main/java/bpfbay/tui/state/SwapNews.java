package bpfbay.tui.state;

import bpfbay.model.ProgType;
import bpfbay.swap.Progress;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import java.util.List;

/** What the engine answers. */
public sealed interface SwapNews {
    /** A plan, and the same as it is written down for machines. */
    record Planned(SwapRequest request, SwapPlan plan, SwapOutcome.Planned outcome) implements SwapNews {}

    /** There is no plan, and why. */
    record NotPlanned(SwapRequest request, String why) implements SwapNews {}

    record Stepped(Progress.Step step) implements SwapNews {}

    record Ended(SwapOutcome outcome) implements SwapNews {}

    /** It came to no outcome; nothing was begun. */
    record NotDone(String why) implements SwapNews {}

    record Listed(List<SwapRecord> records) implements SwapNews {}

    /** There is no engine, and why. */
    record NoEngine(String why) implements SwapNews {}

    record Paths(String begun, List<String> paths) implements SwapNews {}

    record Programs(String file, List<Defined> programs) implements SwapNews {}

    /** An object file that cannot be read, and why. */
    record NotRead(String file, String why) implements SwapNews {}

    /** The request with the probe that was asked about. */
    record Probed(SwapRequest before, SwapRequest now) implements SwapNews {}

    /** A program of an object file. */
    record Defined(String name, String section, ProgType type) {}
}

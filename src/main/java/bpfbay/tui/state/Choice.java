package bpfbay.tui.state;

import bpfbay.diagnose.Finding;
import bpfbay.history.Occurrence;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.SwapRequest;
import java.util.Optional;

/** What choosing an entry of a menu does. */
public sealed interface Choice {
    /** Makes a plan with that candidate. */
    record Take(Aim aim, Candidate candidate) implements Choice {}

    /** Asks for the path of an object file. */
    record AskFile(Aim aim) implements Choice {}

    /** One of the live program's maps: given to the candidate or not. */
    record Share(String map) implements Choice {}

    /** Makes the plan anew with the maps that are marked. */
    record Replan() implements Choice {}

    /** Makes the plan anew with such a test run. */
    record Test(SwapRequest.TestRun run) implements Choice {}

    /** Makes the plan anew with such a time to confirm. */
    record Within(ConfirmWindow window) implements Choice {}

    /** Makes the plan anew, some members first; empty for all at once. */
    record First(Optional<SwapRequest.Canary> canary) implements Choice {}

    record Leave() implements Choice {}

    record Confirm(String id) implements Choice {}

    record Undo(String id) implements Choice {}

    /** Everything about one swap. */
    record Show(String id) implements Choice {}

    /** The row of that ref. */
    record GoTo(String ref) implements Choice {}

    /** Everything about one finding. */
    record Found(Finding finding) implements Choice {}

    /** Everything about one thing that happened. */
    record Happened(Occurrence occurrence) implements Choice {}
}

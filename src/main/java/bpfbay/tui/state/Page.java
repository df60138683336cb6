package bpfbay.tui.state;

import bpfbay.diagnose.Finding;
import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Sight;
import bpfbay.swap.Progress;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRequest;
import java.util.Optional;

/** What is open on top of the list. */
public sealed interface Page {
    /** The list of the current view. */
    record Listing() implements Page {}

    /** Everything about one thing; the sight is the last one, shown when the thing is gone. */
    record Details(Identity of, Sight last) implements Page {}

    /** What a packet meets on one interface. */
    record Path(long netns, int ifindex, String name) implements Page {}

    /** The keys. */
    record Help() implements Page {}

    /** What could not be seen. */
    record Problems() implements Page {}

    /** Something to choose from. */
    record Choosing(Subject subject, String title, Menu menu) implements Page {
        Choosing with(Menu other) {
            return new Choosing(subject, title, other);
        }
    }

    /** What the choice is about. */
    enum Subject {
        CANDIDATE,
        PROGRAM,
        MAPS,
        TEST_RUN,
        WINDOW,
        CANARY,
        CONFIRM,
        UNDO,
        SWAPS,
        FINDINGS,
        TIMELINE,
        DIFFERENCES;

        /** {@code 1 finding}, {@code 3 findings}; of what is no list of things, entries. */
        public String counted(int count) {
            String one =
                    switch (this) {
                        case SWAPS -> "swap";
                        case FINDINGS -> "finding";
                        case TIMELINE -> "change";
                        case DIFFERENCES -> "difference";
                        case CANDIDATE, PROGRAM, MAPS, TEST_RUN, WINDOW, CANARY, CONFIRM, UNDO -> "entry";
                    };
            return count + " " + (count == 1 ? one : one.equals("entry") ? "entries" : one + "s");
        }

        /** Whether what it is about lies in network namespaces. */
        boolean isByNamespace() {
            return this == FINDINGS || this == TIMELINE;
        }

        /** Whether it lives, as lists of things do; what else one chooses from stays as it was offered. */
        public boolean isView() {
            return switch (this) {
                case SWAPS, FINDINGS, TIMELINE, DIFFERENCES -> true;
                case CANDIDATE, PROGRAM, MAPS, TEST_RUN, WINDOW, CANARY, CONFIRM, UNDO -> false;
            };
        }
    }

    /** A swap that may be done; there is no plan yet while it is made. */
    record Planning(Aim aim, SwapRequest request, Optional<Drawn> drawn) implements Page {
        public Optional<SwapPlan> plan() {
            return drawn.map(Drawn::plan);
        }
    }

    /** A plan that was made, and the same as it is written down for machines. */
    record Drawn(SwapPlan plan, SwapOutcome.Planned outcome) {}

    /** There is no plan, and why. */
    record Unplanned(String what, String why) implements Page {}

    /** Something is being done to the host; it is not left before it ends. */
    record Working(String what, Optional<Progress.Step> step) implements Page {}

    /** What came of it. */
    record Outcome(SwapOutcome outcome) implements Page {}

    /** Everything about one swap. */
    record Swapped(String id) implements Page {}

    /** Everything about one finding, as it was last found. */
    record Found(Finding finding) implements Page {}

    /** Everything about one thing that happened. */
    record Happened(Occurrence occurrence) implements Page {}

    /** Whether it is rows with a cursor, or lines that scroll. */
    default boolean isTable() {
        return this instanceof Listing || this instanceof Path;
    }

    /** Whether a file may have been asked for on it. */
    default boolean isChoosingOrPlanning() {
        return this instanceof Choosing || this instanceof Planning;
    }

    /** Whether it is the list of that, or one entry of it. */
    default boolean isOf(Subject subject) {
        return (this instanceof Choosing choosing && choosing.subject() == subject)
                || (this instanceof Found && subject == Subject.FINDINGS)
                || (this instanceof Happened && subject == Subject.TIMELINE);
    }

    /** Whether it is a list that a filter may shorten. */
    default boolean hasFilter() {
        return this instanceof Listing
                || (this instanceof Choosing choosing && choosing.subject().isView());
    }

    /** Whether the keys of a plan are in force. */
    default boolean isOfPlan() {
        return this instanceof Planning || this instanceof Unplanned || this instanceof Outcome;
    }
}

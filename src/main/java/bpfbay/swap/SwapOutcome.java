package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What came of a swap. Each case says what is attached now. */
public sealed interface SwapOutcome {
    Summary summary();

    /** The word of the machine interface. */
    String word();

    /** Why it is so, in one line; empty where the word says it all. */
    default String why() {
        return "";
    }

    /** Nothing was done, nor was it meant to be; {@code why} names the failed guards. */
    record Planned(Summary summary, SwapPlan plan, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "planned";
        }
    }

    /** Done and verified. */
    record Swapped(Summary summary) implements SwapOutcome {
        @Override
        public String word() {
            return "swapped";
        }
    }

    /** Done and verified, and undone at that time unless confirmed. */
    record Pending(Summary summary, Instant confirmBy) implements SwapOutcome {
        public Pending {
            requireNonNull(confirmBy, "confirmBy");
        }

        @Override
        public String word() {
            return "pending";
        }
    }

    /** It stays. */
    record Confirmed(Summary summary, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "confirmed";
        }
    }

    /** The old programs are back. */
    record Reverted(Summary summary, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "reverted";
        }
    }

    /** Somebody else changed the place, before or after; nothing of theirs was touched. */
    record Stale(Summary summary, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "stale";
        }
    }

    /** A guard failed, consent is missing, or the kind has no atomic way; nothing was done. */
    record Refused(Summary summary, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "refused";
        }
    }

    record Failed(Summary summary, String why) implements SwapOutcome {
        @Override
        public String word() {
            return "failed";
        }
    }

    /**
     * What is said of every swap.
     *
     * @param guards empty for a swap that is only known from the journal
     * @param notes what else is worth saying: no run of the new program, a journal that had to go elsewhere
     */
    record Summary(String id, List<Place> places, List<GuardResult> guards, List<String> notes) {
        public Summary {
            requireNonNull(id, "id");
            places = List.copyOf(places);
            guards = List.copyOf(guards);
            notes = List.copyOf(notes);
        }

        /** In words: what is attached now. */
        public String state() {
            return places.stream().map(Place::state).collect(Collectors.joining("; "));
        }
    }

    /**
     * One member.
     *
     * @param from absent for a classic BPF filter
     * @param to absent where the candidate could not be loaded
     * @param state what is attached now, in words
     */
    record Place(
            String ref,
            Optional<Call> call,
            OptionalInt linkId,
            Optional<ProgramMark> from,
            Optional<ProgramMark> to,
            String state) {
        public Place {
            requireNonNull(ref, "ref");
            requireNonNull(call, "call");
            requireNonNull(linkId, "linkId");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            requireNonNull(state, "state");
        }
    }
}

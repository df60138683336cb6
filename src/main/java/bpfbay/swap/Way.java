package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.SwapPlace;
import bpfbay.model.Attachment;
import bpfbay.model.Snapshot;
import java.util.Optional;

/** By which way the program of an attachment can be replaced, or why by none. */
public sealed interface Way {
    Optional<Call> call();

    /** Why an attachment cannot be swapped, as far as its kind tells; a plan may find more. */
    static Optional<None> refusal(Attachment attachment, Snapshot snapshot) {
        return new Ways(snapshot, Optional::of).of(attachment) instanceof None none
                ? Optional.of(none)
                : Optional.empty();
    }

    /**
     * One call of the kernel does it.
     *
     * @param proviso what this was not tried on; empty where nothing is to be said
     */
    record Atomic(SwapPlace place, Optional<String> proviso) implements Way {
        public Atomic {
            requireNonNull(place, "place");
            requireNonNull(proviso, "proviso");
        }

        @Override
        public Optional<Call> call() {
            return Optional.of(Call.of(place.primitive()));
        }
    }

    /**
     * None without a gap, and so bpfbay does not do it.
     *
     * @param command what an operator who accepts the gap could use instead
     */
    record None(String reason, Optional<String> command) implements Way {
        public None {
            requireNonNull(reason, "reason");
            requireNonNull(command, "command");
        }

        @Override
        public Optional<Call> call() {
            return Optional.empty();
        }
    }
}

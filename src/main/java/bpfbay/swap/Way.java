package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.SwapPlace;
import java.util.Optional;

/** By which way the program of an attachment can be replaced, or why by none. */
public sealed interface Way {
    Optional<Call> call();

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

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** How the operator said yes to a plan. */
public sealed interface Consent {
    /** At a prompt that listed the warnings: the plan's phrase answers them all. */
    record Typed(String phrase) implements Consent {
        public Typed {
            requireNonNull(phrase, "phrase");
        }
    }

    /** Beforehand: enough only where nothing else warns. */
    record Given(Set<GuardName> accepted) implements Consent {
        public Given {
            accepted = Set.copyOf(accepted);
        }
    }
}

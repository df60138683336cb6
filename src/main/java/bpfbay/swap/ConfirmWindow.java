package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Within which time somebody has to say that the swap may stay. */
public sealed interface ConfirmWindow {
    /** What is taken where nothing else was said and the interface may carry the operator's own connection. */
    Duration USUAL = Duration.ofSeconds(60);

    Duration SHORTEST = Duration.ofSeconds(1);
    Duration LONGEST = Duration.ofHours(24);

    /** {@link #USUAL} where the management guard warns or a probe is given, else none. */
    record Default() implements ConfirmWindow {}

    record Within(Duration time) implements ConfirmWindow {
        public Within {
            requireNonNull(time, "time");
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
                throw new NotUnderstoodException("a confirm window is 1s at least and 24h at most");
            }
        }
    }

    /** It stays without anybody's word. */
    record None() implements ConfirmWindow {}
}

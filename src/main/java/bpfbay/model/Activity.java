package bpfbay.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of how often programs run.
 *
 * @param state whether the kernel counts at this moment, and by whose wish
 * @param counts by program id, as far as they were read
 * @param rates by program id, of the last window that was counted
 * @param window its length
 * @param at its end
 */
public record Activity(
        State state,
        Map<Integer, RunCounts> counts,
        Map<Integer, RunRate> rates,
        Optional<Duration> window,
        Optional<Instant> at) {
    /** Counting costs every run about 38 ns, so it is off unless somebody asks. */
    public enum State {
        OFF,
        SAMPLED,
        ON,
        ON_BY_SYSCTL
    }

    public static final Activity NONE = new Activity(State.OFF, Map.of(), Map.of(), Optional.empty(), Optional.empty());

    /** Runs will be counted, and have not been yet. */
    public static final Activity SOON =
            new Activity(State.SAMPLED, Map.of(), Map.of(), Optional.empty(), Optional.empty());

    public Activity {
        counts = ById.copyOf(counts);
        rates = ById.copyOf(rates);
    }
}

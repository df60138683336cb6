package bpfbay.history;

import bpfbay.model.Activity;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Run counts and rates of thousands of programs in the memory of a few arrays. */
final class Tally {
    private final Activity.State state;
    private final Optional<Duration> window;
    private final Optional<Instant> at;
    private final int[] counted;
    private final long[] counts;
    private final long[] times;
    private final int[] rated;
    private final double[] perSecond;
    private final double[] nsPerRun;
    private final Instant[] rateEnds;

    private Tally(Activity activity) {
        state = activity.state();
        window = activity.window();
        at = activity.at();
        counted = new int[activity.counts().size()];
        counts = new long[counted.length];
        times = new long[counted.length];
        int next = 0;
        for (Map.Entry<Integer, RunCounts> total : activity.counts().entrySet()) {
            counted[next] = total.getKey();
            counts[next] = total.getValue().runCount();
            times[next] = total.getValue().runTimeNs();
            next++;
        }
        rated = new int[activity.rates().size()];
        perSecond = new double[rated.length];
        nsPerRun = new double[rated.length];
        rateEnds = new Instant[rated.length];
        next = 0;
        for (Map.Entry<Integer, RunRate> entry : activity.rates().entrySet()) {
            RunRate rate = entry.getValue();
            rated[next] = entry.getKey();
            perSecond[next] = rate.runsPerSecond();
            nsPerRun[next] = rate.nsPerRun().isPresent() ? rate.nsPerRun().getAsDouble() : Double.NaN;
            rateEnds[next] = rate.at();
            next++;
        }
    }

    static Tally of(Activity activity) {
        return new Tally(activity);
    }

    /** How many bytes it takes, about. */
    int weight() {
        return 96 + counted.length * 20 + rated.length * 24;
    }

    Activity activity() {
        Map<Integer, RunCounts> totals = new HashMap<>();
        for (int i = 0; i < counted.length; i++) {
            totals.put(counted[i], new RunCounts(counts[i], times[i]));
        }
        Map<Integer, RunRate> rates = new HashMap<>();
        for (int i = 0; i < rated.length; i++) {
            OptionalDouble perRun = Double.isNaN(nsPerRun[i]) ? OptionalDouble.empty() : OptionalDouble.of(nsPerRun[i]);
            rates.put(rated[i], new RunRate(perSecond[i], perRun, rateEnds[i]));
        }
        return new Activity(state, totals, rates, window, at);
    }
}

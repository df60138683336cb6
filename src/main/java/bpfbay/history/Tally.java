package bpfbay.history;

import bpfbay.model.Activity;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        List<Map.Entry<Integer, RunCounts>> totals =
                new ArrayList<>(activity.counts().entrySet());
        counted = new int[totals.size()];
        counts = new long[totals.size()];
        times = new long[totals.size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = totals.get(i).getKey();
            counts[i] = totals.get(i).getValue().runCount();
            times[i] = totals.get(i).getValue().runTimeNs();
        }
        List<Map.Entry<Integer, RunRate>> rates =
                new ArrayList<>(activity.rates().entrySet());
        rated = new int[rates.size()];
        perSecond = new double[rates.size()];
        nsPerRun = new double[rates.size()];
        rateEnds = new Instant[rates.size()];
        for (int i = 0; i < rated.length; i++) {
            RunRate rate = rates.get(i).getValue();
            rated[i] = rates.get(i).getKey();
            perSecond[i] = rate.runsPerSecond();
            nsPerRun[i] = rate.nsPerRun().isPresent() ? rate.nsPerRun().getAsDouble() : Double.NaN;
            rateEnds[i] = rate.at();
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

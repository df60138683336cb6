package bpfbay.collect;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.model.Activity;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/*
 * Counting costs each run of each program on the host about 38 ns, so the default is a window of one
 * second in ten: switched on by descriptor (a crash leaves nothing on), read at the first poll that finds
 * it due, read again at the first poll at least a second later, switched off. Where it is on anyway, by
 * sysctl or by wish, every poll reads and its window is the time since the last one.
 */
/** Reads run counts, and makes rates of two readings. Not thread-safe: the polling thread's. */
final class Counting implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Kernel kernel;
    private StatsMode mode;
    private Optional<Fd> enabled = Optional.empty();
    private Optional<Instant> openedAt = Optional.empty();
    private Map<Integer, RunCounts> before = Map.of();
    private Instant beforeAt = Instant.EPOCH;
    private Activity last = Activity.NONE;
    private Optional<Problem> problem = Optional.empty();

    Counting(Kernel kernel, StatsMode mode) {
        this.kernel = kernel;
        this.mode = mode;
    }

    void mode(StatsMode wanted) {
        if (mode != wanted) {
            mode = wanted;
            close();
            openedAt = Optional.empty();
        }
    }

    Optional<Problem> problem() {
        return problem;
    }

    /** What is known after this poll; reads only when a reading is due. */
    Activity poll(List<Program> programs, Instant now) {
        boolean bySysctl = kernel.isCountingBySysctl();
        if (bySysctl || mode == StatsMode.ON) {
            if (!bySysctl) {
                open(now);
            }
            return problem.isPresent()
                    ? off()
                    : read(programs, now, bySysctl ? Activity.State.ON_BY_SYSCTL : Activity.State.ON);
        }
        return mode == StatsMode.SAMPLE ? sample(programs, now) : off();
    }

    /** Before the first poll. */
    Activity soon() {
        return mode == StatsMode.OFF ? Activity.NONE : Activity.SOON;
    }

    private Activity off() {
        close();
        last = new Activity(Activity.State.OFF, Map.of(), last.rates(), last.window(), last.at());
        return last;
    }

    private Activity sample(List<Program> programs, Instant now) {
        if (enabled.isEmpty()) {
            boolean isDue =
                    openedAt.map(at -> elapsed(at, now).compareTo(PERIOD) >= 0).orElse(true);
            if (!isDue) {
                return last;
            }
            open(now);
            if (problem.isPresent()) {
                return off();
            }
            before = kernel.runCounts(ids(programs));
            beforeAt = now;
            last = new Activity(Activity.State.SAMPLED, last.counts(), last.rates(), last.window(), last.at());
            return last;
        }
        if (elapsed(beforeAt, now).compareTo(WINDOW) >= 0) {
            read(programs, now, Activity.State.SAMPLED);
            close();
        }
        return last;
    }

    private void open(Instant now) {
        if (enabled.isPresent()) {
            return;
        }
        openedAt = Optional.of(now);
        before = Map.of();
        try {
            enabled = Optional.of(kernel.enableCounting());
            problem = Optional.empty();
        } catch (KernelException e) {
            problem = Optional.of(e.problem());
        }
    }

    private Activity read(List<Program> programs, Instant now, Activity.State state) {
        Map<Integer, RunCounts> counts = kernel.runCounts(ids(programs));
        Duration window = elapsed(beforeAt, now);
        Map<Integer, RunRate> rates = before.isEmpty() || window.isZero() ? last.rates() : rates(counts, window, now);
        last = new Activity(state, counts, rates, Optional.of(window).filter(w -> !before.isEmpty()), Optional.of(now));
        before = counts;
        beforeAt = now;
        return last;
    }

    private Map<Integer, RunRate> rates(Map<Integer, RunCounts> counts, Duration window, Instant now) {
        double seconds = window.toNanos() / 1e9;
        Map<Integer, RunRate> rates = new HashMap<>();
        counts.forEach((id, after) -> {
            RunCounts earlier = before.get(id);
            if (earlier != null && Long.compareUnsigned(after.runCount(), earlier.runCount()) >= 0) {
                long runs = after.runCount() - earlier.runCount();
                long nanos = after.runTimeNs() - earlier.runTimeNs();
                rates.put(
                        id,
                        new RunRate(
                                runs / seconds,
                                runs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) nanos / runs),
                                now));
            }
        });
        return rates;
    }

    /** The wall clock may be set back: then nothing has passed, never a negative time. */
    private static Duration elapsed(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    private static List<Integer> ids(List<Program> programs) {
        return programs.stream().map(Program::id).toList();
    }

    @Override
    public void close() {
        enabled.ifPresent(Fd::close);
        enabled = Optional.empty();
    }
}

package bpfbay.collect;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.model.Clue;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/*
 * The pace is the wished interval while a poll costs less than a twentieth of it. Where dumps are dear
 * (hundreds of namespaces, churn) the interval grows to twenty times the cost, so that bpfbay never takes
 * more than five percent of one processor, and the pace is told with each picture. The lower cost of the
 * last two polls counts, since one may have waited for others, or loaded what is loaded once. An event of the kernel
 * ends the wait early, but not more often than the cost allows.
 */
/**
 * Takes snapshots beside the screen, on a thread of its own, and hands each to the listener. A poll that
 * fails is told and tried again; one that hangs tells nothing, and the age of the last picture shows it.
 */
public final class Poller implements AutoCloseable {
    private static final int COST_SHARE = 20;
    private static final Duration LEAST_GAP = Duration.ofMillis(200);

    /** What the listener gets, on the polling thread. */
    public sealed interface Poll {
        /**
         * A picture, and the pace at which the next ones come.
         *
         * @param clues told since the last picture; some may be of what only the next one shows
         */
        record Taken(Snapshot snapshot, Duration pace, List<Clue> clues) implements Poll {
            public Taken {
                clues = List.copyOf(clues);
            }
        }

        /** What could be seen at a glance, of which the first picture follows as soon as it is there. */
        record Glimpsed(Snapshot snapshot) implements Poll {}

        /** No picture, and why, in one line. */
        record Failed(Instant at, String message) implements Poll {}
    }

    private enum Beginning {
        GLANCE,
        PICTURE
    }

    private final Kernel kernel;
    private final Collector collector;
    private final Duration interval;
    private final Consumer<Poll> listener;
    private final Thread thread;
    private Duration lastCost = Duration.ZERO;
    private boolean isFirst = true;
    private Beginning beginning = Beginning.PICTURE;
    private volatile StatsMode stats;
    private volatile boolean closed;

    public Poller(Kernel kernel, Collector collector, StatsMode stats, Duration interval, Consumer<Poll> listener) {
        this.kernel = kernel;
        this.collector = collector;
        this.stats = stats;
        this.interval = interval;
        this.listener = listener;
        this.thread = new Thread(this::run, "bpfbay-poll");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Tells at a glance what there is before the first picture, for somebody who waits before a screen. */
    public void startAtAGlance() {
        beginning = Beginning.GLANCE;
        thread.start();
    }

    public void stats(StatsMode mode) {
        stats = mode;
    }

    /** Polls at once, or after the poll under way. */
    public void pollNow() {
        thread.interrupt();
    }

    private void run() {
        Set<Kernel.Change> told = EnumSet.noneOf(Kernel.Change.class);
        if (beginning == Beginning.GLANCE) {
            tell(() -> new Poll.Glimpsed(collector.glance()));
            /* whoever draws it has the processors to himself */
            nap(LEAST_GAP);
        }
        while (!closed) {
            long started = System.nanoTime();
            poll(told);
            Duration last = Duration.ofNanos(System.nanoTime() - started);
            Duration cost = min(lastCost, last);
            lastCost = last;
            told = sleep(pace(cost), cost);
        }
        collector.close();
    }

    private void poll(Set<Kernel.Change> told) {
        collector.stats(stats);
        tell(() -> {
            Snapshot snapshot = collector.collect(told);
            Duration pace = pace(min(lastCost, snapshot.duration()));
            return new Poll.Taken(snapshot, pace, clues());
        });
    }

    /** Who has done what the first picture shows is not told any more. */
    private List<Clue> clues() {
        List<Clue> told = collector.clues();
        List<Clue> worthTelling = isFirst ? List.of() : told;
        isFirst = false;
        return worthTelling;
    }

    private void tell(Supplier<Poll> question) {
        try {
            listener.accept(question.get());
        } catch (KernelException e) {
            listener.accept(new Poll.Failed(Instant.now(), String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError e) {
            /* whoever waits for pictures must not wait for ever */
            listener.accept(new Poll.Failed(Instant.now(), "unexpected: " + e));
        }
    }

    private Duration pace(Duration cost) {
        Duration dear = cost.multipliedBy(COST_SHARE);
        return dear.compareTo(interval) > 0 ? dear : interval;
    }

    private Set<Kernel.Change> sleep(Duration pace, Duration cost) {
        long end = System.nanoTime() + pace.toNanos();
        Duration gap = max(LEAST_GAP, cost.multipliedBy(COST_SHARE));
        boolean isQuiet = nap(gap.compareTo(pace) < 0 ? gap : pace);
        long left = isQuiet ? Math.max(0, end - System.nanoTime()) : 0;
        Set<Kernel.Change> told = kernel.awaitChange(Duration.ofNanos(left));
        Thread.interrupted();
        return told;
    }

    /** False when it was ended early by a wish to poll now. */
    private static boolean nap(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** Ends the thread; waits for a poll under way at most two seconds. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package bpfbay.cli;

import bpfbay.swap.PreparedSwap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A prepared swap and a signal that would end the process: whichever comes first is done whole. Ended at the
 * prompt, the plan is let go of with all that it made; ended during the commit, the commit is finished first.
 */
final class OneAtATime implements AutoCloseable {
    private final PreparedSwap prepared;
    private final AtEnd atEnd;
    private final Object turn = new Object();
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    private boolean isOver;

    OneAtATime(PreparedSwap prepared) {
        this.prepared = prepared;
        this.atEnd = AtEnd.of(this::end);
    }

    PreparedSwap swap() {
        return prepared;
    }

    /** Nothing ends the process before the work is done; it hears of the wish to end by an interruption. */
    <T> T commit(Supplier<T> work) {
        synchronized (turn) {
            if (isOver) {
                throw new IllegalStateException("the plan was let go of");
            }
            worker.set(Thread.currentThread());
            try {
                return work.get();
            } finally {
                worker.set(null);
            }
        }
    }

    private void end() {
        Thread working = worker.get();
        if (working != null) {
            working.interrupt();
        }
        letGo();
    }

    private void letGo() {
        synchronized (turn) {
            if (!isOver) {
                isOver = true;
                prepared.close();
            }
        }
    }

    @Override
    public void close() {
        atEnd.takeBack();
        // also where the process ends: what the plan stands on must not go before it
        letGo();
    }
}

package bpfbay.kernel.libbpf;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A reading that can go on beside others, on a thread of its own. The first look at a host is the one that
 * somebody waits for, and walking its pins waits for the kernel. Used by one thread at a time.
 */
final class Ahead<T> {
    private final Supplier<T> reading;
    private Optional<FutureTask<T>> begun = Optional.empty();

    Ahead(Supplier<T> reading) {
        this.reading = reading;
    }

    /** The next {@link #get} takes what this reads. */
    void begin() {
        FutureTask<T> task = new FutureTask<>(reading::get);
        begun = Optional.of(task);
        Thread thread = new Thread(task, "first look");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was begun, if anything was. */
    Optional<T> take() {
        await();
        Optional<FutureTask<T>> ahead = begun;
        begun = Optional.empty();
        return ahead.map(Ahead::result);
    }

    /** What was begun, else a reading made now. */
    T get() {
        return take().orElseGet(reading);
    }

    /** Nothing of it runs any more when this returns; it goes through interruptions, for the sake of the buffers. */
    void await() {
        boolean isInterrupted = false;
        while (begun.isPresent() && !begun.get().isDone()) {
            try {
                begun.get().get();
            } catch (InterruptedException again) {
                isInterrupted = true;
            } catch (ExecutionException told) {
                break; /* by get */
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(FutureTask<T> done) {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package bpfbay.kernel.libbpf;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A reading that can go on beside others, on a thread of its own. The first look at a host is the one that
 * somebody waits for, and walking its pins waits for the kernel. Used by one thread at a time.
 */
final class Ahead<T> {
    private final Supplier<T> reading;
    private Optional<Run<T>> begun = Optional.empty();

    /** What it came to is there when the thread has ended. */
    private static final class Run<T> extends Thread {
        private final Supplier<T> reading;
        private Optional<T> read = Optional.empty();
        private Optional<Throwable> failed = Optional.empty();

        Run(Supplier<T> reading) {
            super("first look");
            this.reading = reading;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                read = Optional.of(reading.get());
            } catch (RuntimeException | Error e) {
                failed = Optional.of(e);
            }
        }

        T result() {
            if (failed.isPresent() && failed.get() instanceof Error error) {
                throw error;
            } else if (failed.isPresent() && failed.get() instanceof RuntimeException exception) {
                throw exception;
            }
            return read.orElseThrow();
        }
    }

    Ahead(Supplier<T> reading) {
        this.reading = reading;
    }

    /** The next {@link #get} takes what this reads. */
    void begin() {
        Run<T> run = new Run<>(reading);
        begun = Optional.of(run);
        run.start();
    }

    /** What was begun, if anything was. */
    Optional<T> take() {
        await();
        Optional<Run<T>> ahead = begun;
        begun = Optional.empty();
        return ahead.map(Run::result);
    }

    /** What was begun, else a reading made now. */
    T get() {
        return take().orElseGet(reading);
    }

    /** Nothing of it runs any more when this returns; it goes through interruptions, for the sake of the buffers. */
    void await() {
        boolean isInterrupted = false;
        while (begun.isPresent() && begun.get().isAlive()) {
            try {
                begun.get().join();
            } catch (InterruptedException again) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

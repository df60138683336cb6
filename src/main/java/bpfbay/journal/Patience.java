package bpfbay.journal;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/* A thread that is stuck in the kernel cannot be ended, so each task has its own. */
/** Does things with files on other threads, and goes on when a disk does not answer in time. */
final class Patience {
    private final Duration limit;
    private final Map<Path, FutureTask<?>> hanging = new ConcurrentHashMap<>();

    Patience(Duration limit) {
        this.limit = limit;
    }

    /** Rethrows what the task throws. A file that did not answer is not tried again while it still does not. */
    <T> T attempt(Path file, Supplier<T> task) {
        FutureTask<?> earlier = hanging.get(file);
        if (earlier != null && !earlier.isDone()) {
            throw tooLate(file);
        }
        hanging.remove(file);
        FutureTask<T> future = new FutureTask<>(task::get);
        Thread thread = new Thread(future, "bpfbay-journal");
        thread.setDaemon(true);
        thread.start();
        return await(file, future);
    }

    /* an interrupt must not make a line of the journal be given up */
    private <T> T await(Path file, FutureTask<T> future) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        } catch (TimeoutException e) {
            hanging.put(file, future);
            throw tooLate(file);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private KernelException tooLate(Path file) {
        return new KernelException(new Problem(
                "access", file.toString(), Errno.ETIMEDOUT, "no answer within " + limit.toMillis() + " ms"));
    }
}

package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.kernel.Kernel;
import bpfbay.tui.table.NetnsChoice;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The kernel and its poller, opened on a thread of their own while the one that draws gets ready. */
final class Lookout implements AutoCloseable {
    private final FutureTask<Post> opening;

    /** Polling has begun. */
    record Post(Kernel kernel, NetnsChoice netns, Poller poller) {}

    /** Begins at once. */
    Lookout(Callable<Post> open) {
        opening = new FutureTask<>(open);
        Thread thread = new Thread(opening, "bpfbay-open");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when it is open, or cannot be opened. */
    void await() {
        try {
            opening.get();
        } catch (ExecutionException told) {
            return; // by post
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails with what opening it failed with. */
    Post post() {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            Post post = opening.get();
            post.poller().close();
            post.kernel().close();
        } catch (ExecutionException neverOpened) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

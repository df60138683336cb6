package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.kernel.Kernel;
import bpfbay.tui.table.NetnsChoice;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The kernel and its poller, opened on a thread of their own while the one that draws gets ready. */
abstract class Lookout implements AutoCloseable, Callable<Lookout.Post> {
    private final FutureTask<Post> opening = new FutureTask<>(this);

    /** Polling has begun. */
    record Post(Kernel kernel, NetnsChoice netns, Poller poller) {}

    /** On a thread of its own. */
    @Override
    public abstract Post call();

    final void begin() {
        Thread thread = new Thread(opening, "bpfbay-open");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when it is open, or cannot be opened. */
    final void await() {
        try {
            opening.get();
        } catch (ExecutionException told) {
            return; // by post
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails with what opening it failed with. */
    final Post post() {
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
    public final void close() {
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

package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.kernel.Kernel;
import bpfbay.tui.table.NetnsChoice;
import java.util.Optional;
import java.util.function.Supplier;

/** The kernel and its poller, opened on a thread of their own while the one that draws gets ready. */
final class Lookout implements AutoCloseable {
    private final Thread thread;
    private final Supplier<Post> open;
    private volatile Optional<Post> post = Optional.empty();
    private volatile Optional<Throwable> failed = Optional.empty();

    /** Polling has begun. */
    record Post(Kernel kernel, NetnsChoice netns, Poller poller) {}

    /** Begins at once. */
    Lookout(Supplier<Post> open) {
        this.open = open;
        this.thread = new Thread(this::run, "bpfbay-open");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            post = Optional.of(open.get());
        } catch (RuntimeException | Error e) {
            failed = Optional.of(e);
        }
    }

    /** Returns when it is open, or cannot be opened. */
    void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails with what opening it failed with. */
    Post post() {
        await();
        if (failed.isPresent() && failed.get() instanceof Error error) {
            throw error;
        } else if (failed.isPresent() && failed.get() instanceof RuntimeException exception) {
            throw exception;
        }
        return post.orElseThrow();
    }

    @Override
    public void close() {
        await();
        if (post.isPresent()) {
            post.get().poller().close();
            post.get().kernel().close();
        }
    }
}

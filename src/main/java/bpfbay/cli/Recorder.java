package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.diagnose.Watch;
import bpfbay.export.CaptureWriter;
import bpfbay.history.Authors;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.OwnSwap;
import bpfbay.history.Recent;
import bpfbay.model.Clue;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Writes what a poller sees until it is told to end. Whoever ends it waits for the line being written. Takes
 * pictures on the polling thread, is ended by any.
 */
final class Recorder implements AutoCloseable {
    /** How it ended. */
    enum End {
        DONE,
        DENIED,
        FAILED
    }

    private final Supplier<OutputStream> file;
    private final CaptureWriter.Content content;
    private final UnaryOperator<Snapshot> view;
    private final UnaryOperator<Map<Integer, Author>> names;
    private final Watch watch;
    private final Runnable progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<CaptureWriter> writer = Optional.empty();
    private Optional<Snapshot> last = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private End end = End.DONE;

    /**
     * @param file is opened for the first picture
     * @param view what is written of a picture
     * @param names what is written of those who did something
     * @param swaps what bpfbay itself has put somewhere
     * @param progress is told after each picture
     */
    Recorder(
            Supplier<OutputStream> file,
            CaptureWriter.Content content,
            UnaryOperator<Snapshot> view,
            UnaryOperator<Map<Integer, Author>> names,
            Supplier<List<OwnSwap>> swaps,
            Runnable progress) {
        this.file = file;
        this.content = content;
        this.view = view;
        this.names = names;
        this.watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, swaps);
        this.progress = progress;
    }

    /** On the polling thread. */
    void take(Poller.Poll poll) {
        if (poll instanceof Poller.Poll.Taken taken) {
            try {
                write(taken.snapshot(), taken.clues());
            } catch (UncheckedIOException e) {
                fail(reason(e));
            } catch (RuntimeException e) {
                fail(String.valueOf(e));
            }
        } else if (poll instanceof Poller.Poll.Failed failed) {
            missed(failed.message());
        }
        progress.run();
    }

    private synchronized void missed(String why) {
        trouble = Optional.of(why);
    }

    /** Why the last look gave no picture; empty where it gave one. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    private synchronized void write(Snapshot seen, List<Clue> clues) {
        if (ended.getCount() == 0) {
            return;
        } else if (last.isEmpty() && Picture.isDenied(seen)) {
            end = End.DENIED;
            ended.countDown();
            return;
        }
        Snapshot picture = view.apply(seen);
        CaptureWriter to = writer.orElseGet(this::open);
        to.write(picture);
        to.write(names.apply(Authors.of(watch.after(picture, clues).news())));
        first = first.or(() -> Optional.of(picture.takenAt()));
        last = Optional.of(picture);
        trouble = Optional.empty();
    }

    private CaptureWriter open() {
        CaptureWriter opened = new CaptureWriter(file.get(), Main.VERSION, content);
        writer = Optional.of(opened);
        return opened;
    }

    private synchronized void fail(String why) {
        if (ended.getCount() > 0) {
            failure = Optional.of(why);
            end = End.FAILED;
            ended.countDown();
        }
    }

    /** Waits until it ends by itself, or the time is over. */
    void await(Optional<Duration> time) {
        try {
            if (time.isPresent()) {
                ended.await(time.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized End end() {
        return end;
    }

    /** Why no more could be written. */
    synchronized Optional<String> failure() {
        return failure;
    }

    /** How many pictures the file holds. */
    synchronized int moments() {
        return last.isEmpty() ? 0 : writer.map(CaptureWriter::moments).orElse(0);
    }

    /** When the last one of them was taken. */
    synchronized Optional<Instant> lastAt() {
        return last.map(Snapshot::takenAt);
    }

    /** From the first to the last. */
    synchronized Duration length() {
        return first.isPresent()
                ? Duration.between(first.get(), last.orElseThrow().takenAt())
                : Duration.ZERO;
    }

    /** The last line is whole then, and nothing follows it. */
    @Override
    public synchronized void close() {
        ended.countDown();
        if (end == End.DONE) {
            try {
                writer.ifPresent(CaptureWriter::close);
            } catch (UncheckedIOException e) {
                failure = Optional.of(reason(e));
                end = End.FAILED;
            }
        }
    }

    private static String reason(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
    }
}

package bpfbay.swap;

import bpfbay.pty.PtyProgram;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with a swap under way on each of its threads, all of which have come to one moment of their
 * journal and go no further. It says so by a byte, and waits to be killed.
 */
final class DyingSwap {
    /** Before each of the five times when something is written down, and after it. */
    static final int MOMENTS = 10;

    private final Path folder;
    private final ConfirmWindow window;
    private final int moment;
    private final CountDownLatch thereBy;

    private DyingSwap(Path folder, int seconds, int moment, int swaps) {
        this.folder = folder;
        this.window = seconds == 0 ? new ConfirmWindow.None() : new ConfirmWindow.Within(Duration.ofSeconds(seconds));
        this.moment = moment;
        this.thereBy = new CountDownLatch(swaps);
    }

    /** State folder, seconds of the window or 0, the moment, and {@code OLD:NEW} of each swap. */
    public static void main(String[] args) throws InterruptedException, IOException {
        List<String> pairs = List.of(args).subList(3, args.length);
        DyingSwap dying =
                new DyingSwap(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), pairs.size());
        Thread.setDefaultUncaughtExceptionHandler((thread, failed) -> {
            failed.printStackTrace(System.err);
            Runtime.getRuntime().halt(1);
        });
        pairs.forEach(pair -> new Thread(() -> dying.swap(pair.split(":", 2)), pair).start());
        dying.thereBy.await();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write('!');
        }
        forever();
    }

    private void swap(String[] pair) {
        RealEngine real = new RealEngine(folder, this::ending);
        PreparedSwap prepared = real.plan(Integer.parseUnsignedInt(pair[0]), Integer.parseUnsignedInt(pair[1]), window);
        throw new IllegalStateException(real.commit(prepared) + ", and " + prepared.plan());
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }

    private Journal ending(Journal journal) {
        AtomicInteger moments = new AtomicInteger();
        Runnable goOn = () -> {
            if (moments.getAndIncrement() == moment) {
                thereBy.countDown();
                forever();
            }
        };
        return new WatchedJournal(journal, goOn, goOn);
    }

    /** Runs it to that moment and kills it. */
    static void killed(EngineGround ground, int seconds, int moment, List<EngineGround.Staged> swaps) {
        List<String> command = new ArrayList<>(PtyProgram.java(
                DyingSwap.class, ground.folder.toString(), Integer.toString(seconds), Integer.toString(moment)));
        swaps.forEach(staged -> command.add(staged.pair()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            int said = process.getInputStream().read();
            process.destroyForcibly();
            process.onExit().join();
            process.getInputStream().close();
            if (said != '!') {
                throw new AssertionError("it did not come to moment " + moment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;

/*
 * Ways out: the screen ends (close), a signal ends the JVM (its shutdown hook), a thread dies (the handler
 * of uncaught exceptions), the process is stopped (suspend). Each ends in restore(), which waits for the
 * lock on the output only as long as a line may take that is not stalled. What is put back is the bytes of
 * struct termios as they were found, before the words that leave the screen, since those may not go out.
 */
/**
 * The terminal bpfbay was started on: raw mode, signals and the bytes in and out. One a process. {@link
 * #restore} may be called from any thread at any time, and more than once.
 */
public final class Tty implements Wire, AutoCloseable {
    /** Everything that may have been switched on, off again; the cursor to the last line before the screen is left. */
    private static final byte[] RESET = ("\033[?2026l\033[?2004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l\033[?1004l"
                    + "\033[0m\033[?25h\033[2J\033[999;1H\033[?1049l")
            .getBytes(US_ASCII);

    private static final byte[] ENTER = "\033[?1049h\033[?2004h\033[?25l".getBytes(US_ASCII);
    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int STALLED_AFTER_MS = 300;
    private static final int WATCHDOG_MS = 2_000;
    private static final int EXIT_BY_TERM = 143;
    private static final long ECHO_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SignalledTerminal terminal;
    private final Consumer<Input> inputs;
    private final InputThread input;
    private final byte[] saved = new byte[TtyCalls.TERMIOS_ROOM];
    private final ReentrantLock output = new ReentrantLock();
    private final Thread restoring = new Thread(this::restore, "bpfbay-restore");
    private final Thread watchdog = new Thread(Tty::haltLater, "bpfbay-watchdog");
    private volatile State state = State.FRESH;
    private volatile boolean isAway;
    private volatile boolean isStopWished;
    private volatile long continuedAt = System.nanoTime() - ECHO_NS;
    private volatile CountDownLatch continued = new CountDownLatch(0);

    private enum State {
        FRESH,
        ENTERED,
        LEFT,
        CLOSED
    }

    private Tty(SignalledTerminal terminal, Consumer<Input> inputs) {
        this.terminal = terminal;
        this.inputs = inputs;
        this.input = new InputThread(IN, this::mayRead, inputs);
    }

    /** Whether somebody who reads standard error can answer on standard input. */
    public static boolean canAsk() {
        return TtyCalls.isatty(IN) != 0 && TtyCalls.isatty(ERR) != 0;
    }

    /** Why no full screen can be drawn, in one line: the terminal's kind, or none on the standard streams. */
    public static Optional<String> refusal(TerminalKind kind) {
        if (TtyCalls.isatty(IN) == 0) {
            return Optional.of("standard input is not a terminal");
        }
        if (TtyCalls.isatty(OUT) == 0) {
            return Optional.of("standard output is not a terminal");
        }
        return kind.refusal();
    }

    /**
     * Takes the terminal without changing it yet. Inputs come on threads of its own.
     *
     * @throws java.io.UncheckedIOException where it refuses
     */
    public static Tty open(TerminalKind kind, Consumer<Input> inputs) {
        Tty tty = new Tty(SignalledTerminal.open(kind.term()), inputs);
        TtyCalls.tcgetattr(IN, tty.saved);
        return tty;
    }

    @Override
    public int columns() {
        return terminal.sizeOrUsual().getColumns();
    }

    @Override
    public int rows() {
        return terminal.sizeOrUsual().getRows();
    }

    /** Does nothing in the background, where the terminal is the shell's; {@code fg} continues. */
    @Override
    public void enter() {
        State before = state;
        isAway = !JobControl.isForeground(IN);
        if (before == State.CLOSED || isAway) {
            return;
        }
        if (before == State.FRESH) {
            watch();
        }
        byte[] raw = saved.clone();
        TtyCalls.cfmakeraw(raw);
        TtyCalls.tcsetattr(IN, TtyCalls.TCSANOW, raw);
        state = State.ENTERED;
        write(ENTER, ENTER.length);
        if (before == State.FRESH) {
            input.start();
        }
    }

    private void watch() {
        Runtime.getRuntime().addShutdownHook(restoring);
        Runtime.getRuntime().addShutdownHook(watchdog);
        terminal.handle(Signal.WINCH, signal -> {
            Size size = terminal.sizeOrUsual();
            inputs.accept(new Input.Resized(size.getColumns(), size.getRows()));
        });
        terminal.handle(Signal.TSTP, signal -> wishStop());
        terminal.handle(Signal.CONT, signal -> {
            continued.countDown();
            inputs.accept(new Input.Continued());
        });
        terminal.hearSignals();
    }

    /**
     * A stop of the whole group comes twice, since the launcher hands on what it was sent; that may be after
     * the stop.
     */
    private void wishStop() {
        boolean isEcho = isStopWished || System.nanoTime() - continuedAt < ECHO_NS;
        if (!isEcho) {
            isStopWished = true;
            inputs.accept(new Input.StopWished());
        }
    }

    /** A stalled line, or whatever else blocks, does not hold up the end. */
    private static void haltLater() {
        Thread halt = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(WATCHDOG_MS);
                        Runtime.getRuntime().halt(EXIT_BY_TERM);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "bpfbay-halt");
        halt.setDaemon(true);
        halt.start();
    }

    /** A shell that brings a running job to the foreground sends it no signal. */
    private boolean mayRead() {
        boolean isForeground = JobControl.isForeground(IN);
        if (isAway && isForeground) {
            isAway = false;
            inputs.accept(new Input.Continued());
        }
        return state == State.ENTERED && isForeground;
    }

    /**
     * One write of one frame; nothing unless the terminal is entered. Blocks while the line is stalled. A
     * terminal that is gone shows itself as the end of input. Any thread may send whole sequences.
     */
    @Override
    public void write(byte[] bytes, int length) {
        output.lock();
        try {
            int done = 0;
            while (done < length && state == State.ENTERED) {
                int written = TtyCalls.write(OUT, bytes, done, length - done);
                if (written >= 0) {
                    done += written;
                } else if (!isWorthAnotherTry(-written)) {
                    inputs.accept(new Input.Ended("the terminal is gone"));
                    return;
                }
            }
        } finally {
            output.unlock();
        }
    }

    private static boolean isWorthAnotherTry(int errno) {
        if (errno == TtyCalls.EAGAIN) {
            TtyCalls.poll(OUT, TtyCalls.POLLOUT, STALLED_AFTER_MS);
            return true;
        }
        return errno == TtyCalls.EINTR;
    }

    /** Puts the terminal back as it was found. What is drawn after this goes nowhere. */
    public void restore() {
        boolean isQuiet = lockOutput();
        try {
            State before = state;
            if (before != State.ENTERED) {
                return;
            }
            state = State.LEFT;
            if (JobControl.isForeground(IN)) {
                TtyCalls.tcflush(IN, TtyCalls.TCIFLUSH);
                TtyCalls.tcsetattr(IN, TtyCalls.TCSANOW, saved);
            }
            if (isQuiet && (TtyCalls.poll(OUT, TtyCalls.POLLOUT, STALLED_AFTER_MS) & TtyCalls.POLLOUT) != 0) {
                TtyCalls.write(OUT, RESET, 0, RESET.length);
            }
        } finally {
            if (isQuiet) {
                output.unlock();
            }
        }
    }

    private boolean lockOutput() {
        try {
            return output.tryLock(STALLED_AFTER_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return output.tryLock();
        }
    }

    /**
     * Restores and stops the process group, as ^Z does. Comes back when it goes on, in which case {@link
     * Input.Continued} is among the inputs. Where nobody could let it go on it is not stopped.
     */
    public void suspend() {
        isStopWished = true;
        restore();
        if (JobControl.canBeContinued()) {
            stop();
        } else {
            inputs.accept(new Input.Continued());
        }
        continuedAt = System.nanoTime();
        isStopWished = false;
    }

    private void stop() {
        CountDownLatch goesOn = new CountDownLatch(1);
        continued = goesOn;
        JobControl.stopGroup();
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An exception nobody catches restores the terminal first, and is then told, on the thread it ended. */
    public void onCrash(Consumer<Throwable> teller) {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            restore();
            teller.accept(thrown);
        });
    }

    @Override
    public void close() {
        restore();
        if (state == State.LEFT) {
            terminal.ignoreSignals();
        }
        state = State.CLOSED;
        input.close();
    }
}

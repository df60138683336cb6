package bpfbay.pty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A program that leads a session on a terminal of its own. What it writes is read at once, except while
 * {@link #stall stalled}. Whatever is waited for comes within {@link #PATIENCE} or fails the test with the
 * screen as it is.
 */
public final class PtyProgram implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int POLL_MS = 20;

    private final Pty pty;
    private final Process process;
    private final Emulator emulator;
    private final Thread reader;
    private final Semaphore news = new Semaphore(0);
    private boolean isStalled;
    private volatile boolean isOver;
    private boolean isHungUp;

    /** What to start, and on what. */
    public record Setup(List<String> command, Map<String, String> environment, int columns, int rows) {
        public Setup {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        public Setup sized(int newColumns, int newRows) {
            return new Setup(command, environment, newColumns, newRows);
        }

        /** With another variable in its environment; an empty value takes it away. */
        public Setup with(String name, String value) {
            Map<String, String> changed = new TreeMap<>(environment);
            changed.put(name, value);
            return new Setup(command, changed, columns, rows);
        }

        public PtyProgram start() {
            return new PtyProgram(this);
        }
    }

    /** A command on an 80x24 xterm with a UTF-8 locale. */
    public static Setup of(String... command) {
        return new Setup(
                List.of(command),
                Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8", "NO_COLOR", "", "COLORTERM", "", "TMUX", ""),
                80,
                24);
    }

    /** A main class of the tests' class path, on a Java machine like the launcher's. */
    public static Setup ofMain(Class<?> main, String... arguments) {
        return of(java(main, arguments).toArray(String[]::new));
    }

    /** The words that start a main class. */
    public static List<String> java(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String property : List.of(
                "bpfbay.home", "jna.boot.library.path", "jna.nosys", "jna.nounpack", "jna.platform.library.path")) {
            String value = System.getProperty(property);
            if (value != null) {
                words.add("-D" + property + "=" + value);
            }
        }
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(Arrays.asList(arguments));
        return words;
    }

    private PtyProgram(Setup setup) {
        pty = Pty.open(setup.columns(), setup.rows());
        emulator = new Emulator(setup.columns(), setup.rows());
        try {
            process = builder(setup).start();
        } catch (IOException e) {
            pty.close();
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "pty-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private ProcessBuilder builder(Setup setup) {
        List<String> words = new ArrayList<>(List.of("setsid", "--ctty"));
        words.addAll(setup.command());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(pty.slave())
                .redirectOutput(pty.slave())
                .redirectError(pty.slave());
        setup.environment().forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder;
    }

    private void read() {
        byte[] buffer = new byte[4096];
        while (mayRead()) {
            if (pty.isReadable(POLL_MS)) {
                int length = pty.read(buffer);
                if (length == 0 && !process.isAlive()) {
                    break;
                }
                show(buffer, length);
            }
        }
        isOver = true;
        news.release();
    }

    private synchronized boolean mayRead() {
        while (isStalled && !isHungUp) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return !isHungUp;
    }

    private synchronized void show(byte[] bytes, int length) {
        emulator.write(bytes, length);
        news.release();
    }

    public synchronized PtyScreen screen() {
        return emulator.screen();
    }

    /** Everything the program wrote, sequences included. */
    public synchronized String sent() {
        return emulator.sent();
    }

    public void awaitText(String text) {
        await("\"" + text + "\"", screen -> screen.shows(text));
    }

    /** Waits until the screen is as wanted; {@code what} names that when it never is. */
    public PtyScreen await(String what, Predicate<PtyScreen> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean wasOver = isOver;
            PtyScreen screen = screen();
            if (wanted.test(screen)) {
                return screen;
            }
            if (wasOver || System.nanoTime() > end) {
                throw new AssertionError(
                        (wasOver ? "ended without " : "no ") + what + " on the screen:\n" + screen.text());
            }
            waitForNews();
        }
    }

    /** Waits for what no screen shows, such as a process that is stopped. */
    public void awaitThat(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so: " + what + "; screen:\n" + screen().text());
            }
            waitForNews();
        }
    }

    /** Until something was written, or a short while. */
    private void waitForNews() {
        try {
            news.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS);
            news.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Keys, as the terminal sends them. */
    public void type(String keys) {
        pty.write(keys);
    }

    public void type(byte[] keys) {
        pty.write(keys);
    }

    public synchronized void resize(int columns, int rows) {
        emulator.resize(columns, rows);
        pty.resize(columns, rows);
    }

    /** {@code struct termios} of the terminal, as hexadecimal digits. */
    public String termios() {
        return pty.termios();
    }

    /** The process that was started: leader of the session. */
    public ProcessHandle leader() {
        return process.toHandle();
    }

    /** The process group that has the terminal. */
    public int foregroundGroup() {
        return pty.foregroundGroup();
    }

    public void signal(Signal signal) {
        signal(process.pid(), signal);
    }

    /** To a process, or to a process group if negative. */
    public static void signal(long pid, Signal signal) {
        PtyCalls.kill(Math.toIntExact(pid), signal.number());
    }

    /** Whether the process is stopped, by /proc. */
    public static boolean isStopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether one of the process's threads sleeps in a write to its terminal, by /proc; needs root. */
    public static boolean isWritingBlocked(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(PtyProgram::sleepsInWrite);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static boolean sleepsInWrite(Path thread) {
        try {
            return Files.readString(thread.resolve("stack")).contains("tty_write");
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads no more, so that what the program writes soon blocks. */
    public synchronized void stall() {
        isStalled = true;
    }

    public synchronized void flow() {
        isStalled = false;
        notifyAll();
    }

    /** The line is cut. */
    public void hangUp() {
        synchronized (this) {
            if (isHungUp) {
                return;
            }
            isHungUp = true;
            notifyAll();
        }
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pty.close();
    }

    /** Waits for the end; 128 and the signal's number for one that was killed. */
    public int exitStatus() {
        awaitThat("it ends", () -> !process.isAlive());
        awaitThat("all is read", this::isRead);
        return process.exitValue();
    }

    private synchronized boolean isRead() {
        return isOver || isStalled;
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        hangUp();
    }
}

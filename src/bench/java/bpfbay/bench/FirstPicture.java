package bpfbay.bench;

import bpfbay.pty.PtyProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long the screen takes to its first real picture on a terminal of its own, from the start of the
 * launcher to a row with a program, beside a Java program that prints one word; the memory it then takes;
 * and how many classes it loads until then from elsewhere than the archive. Prints median milliseconds of
 * each, the resident megabytes and that number.
 */
public final class FirstPicture {
    private static final int SETTLE_SECONDS = 15;
    /* the end of a Java machine takes both processors for some ms */
    private static final int REST_MS = 200;

    private FirstPicture() {}

    /** The other program. */
    public static final class Empty {
        private Empty() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            System.out.println("started");
        }
    }

    /** Four figures on one line.
     *
     * @param arguments how many runs, a word that stands in a row with a program, the launcher and its arguments */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        int runs = Integer.parseInt(arguments[0]);
        String word = arguments[1];
        PtyProgram.Setup screen = PtyProgram.of(Arrays.copyOfRange(arguments, 2, arguments.length));
        double[] screens = new double[runs];
        double[] empties = new double[runs];
        for (int i = 0; i < runs; i++) {
            screens[i] = milliseconds(screen, word);
            empties[i] = milliseconds(empty(), "started");
        }
        System.out.printf(
                "%.1f %.1f %.1f %d%n",
                median(screens), median(empties), residentMegabytes(screen, word), outsideArchive(screen, word));
    }

    private static PtyProgram.Setup empty() {
        return PtyProgram.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path").split(":", 2)[0],
                Empty.class.getName());
    }

    private static double milliseconds(PtyProgram.Setup setup, String word) {
        sleep(TimeUnit.MILLISECONDS, REST_MS);
        long started = System.nanoTime();
        try (PtyProgram program = setup.start()) {
            program.awaitText(word);
            return (System.nanoTime() - started) / 1e6;
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Of the screen's Java process, after it has polled for a while. */
    private static double residentMegabytes(PtyProgram.Setup screen, String word) {
        try (PtyProgram program = screen.start()) {
            program.awaitText(word);
            sleep(TimeUnit.SECONDS, SETTLE_SECONDS);
            long pid = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElseThrow()
                    .pid();
            return Files.readString(Path.of("/proc/" + pid + "/status"))
                            .lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(TimeUnit unit, int count) {
        try {
            unit.sleep(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long outsideArchive(PtyProgram.Setup screen, String word) {
        try {
            Path log = Files.createTempFile("bpfbay-classes", ".log");
            try (PtyProgram program = screen.with("BPFBAY_JAVA_OPTS", "-Xlog:class+load:file=" + log)
                    .start()) {
                program.awaitText(word);
                return Files.readString(log)
                        .lines()
                        .filter(line -> line.contains(" source: ") && !line.endsWith(" source: shared objects file"))
                        .count();
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

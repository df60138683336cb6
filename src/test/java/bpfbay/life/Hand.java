package bpfbay.life;

import bpfbay.pty.PtyProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that does what it is told, one thing after the other; see {@link HandProgram}. */
final class Hand implements AutoCloseable {
    private final Process process;
    private final OutputStream orders;
    private final BufferedReader answers;

    /** Under that name and in that cgroup, with the namespaces of the calling thread. */
    Hand(String name, Path cgroup) {
        try {
            process = new ProcessBuilder(PtyProgram.java(HandProgram.class))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        orders = process.getOutputStream();
        answers = process.inputReader(StandardCharsets.UTF_8);
        tell("be", name, cgroup);
    }

    /** Waits until it has done so; fails where it could not. */
    void tell(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        try {
            orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
            String answer = answers.readLine();
            if (!HandProgram.DONE.equals(answer)) {
                throw new AssertionError(line + ": " + answer);
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(line.toString(), ended);
        }
    }

    /** It ends, and lets go of what it held. */
    @Override
    public void close() {
        try {
            orders.close();
            process.onExit().join();
            answers.close();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}

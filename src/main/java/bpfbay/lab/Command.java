package bpfbay.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A tool of the distribution: ip, mount, umount. */
final class Command {
    private Command() {}

    /** Fails with what the tool said. */
    static void run(String... words) {
        runWithInput("", words);
    }

    static void runWithInput(String input, String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                String first = said.lines().findFirst().orElse("status " + status);
                throw new LabException(String.join(" ", words) + ": " + first);
            }
        } catch (IOException notThere) {
            throw new LabException(List.of(words).get(0) + " cannot be run: " + notThere.getMessage(), notThere);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException(String.join(" ", words) + ": interrupted", interrupted);
        }
    }
}

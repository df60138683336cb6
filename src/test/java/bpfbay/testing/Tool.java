package bpfbay.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Commands of the distribution, run in the namespaces of the calling thread. */
public final class Tool {
    private Tool() {}

    /** How a command ended, and what it said. */
    public record Outcome(int status, String output, String errors) {}

    /** Its standard output; fails when the command does. */
    public static String run(String... command) {
        Outcome outcome = attempt(command);
        if (outcome.status() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": status " + outcome.status() + ": " + outcome.errors());
        }
        return outcome.output();
    }

    /** What bpftool, ip or tc say of themselves with -j. */
    public static JsonElement json(String... command) {
        return JsonParser.parseString(run(command));
    }

    public static Outcome attempt(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()));
            String output = readAll(process.getInputStream());
            return new Outcome(process.waitFor(), output, errors.join());
        } catch (IOException noSuchCommand) {
            throw new UncheckedIOException(noSuchCommand);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String readAll(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

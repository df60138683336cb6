package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process whose name is another than its program's: the name is that of the file it was started from. */
final class NamedProcess implements AutoCloseable {
    private final Path file;
    private @Nullable Process process;
    private @Nullable BufferedReader output;

    NamedProcess(String name, String program) throws IOException {
        file = Files.createTempDirectory("named").resolve(name);
        Files.copy(Path.of(program), file);
        assertEquals(true, file.toFile().setExecutable(true));
    }

    /** It says "ready" on a line when it is. */
    void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader();
        assertEquals("ready", line());
    }

    @Nullable
    String line() throws IOException {
        return output == null ? null : output.readLine();
    }

    long pid() {
        return process == null ? 0 : process.pid();
    }

    /** It reads its standard input, whose end is its own. */
    @Override
    public void close() throws IOException {
        if (process != null && output != null) {
            process.getOutputStream().close();
            process.onExit().join();
            output.close();
            process.getErrorStream().close();
        }
        Files.delete(file);
        Files.delete(file.getParent());
    }
}

package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.Snapshot;
import bpfbay.tui.terminal.LineTerminal;
import bpfbay.tui.terminal.Tty;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/**
 * {@code bpfbay shell}: the commands at a prompt, for consoles that cannot do a full screen. Without a
 * terminal the lines of standard input are run one after the other.
 */
final class ShellCommand {
    private static final String PROMPT = "bpfbay> ";

    private final Surroundings surroundings;
    private final Map<String, String> environment;
    private final BiFunction<List<String>, Surroundings, ExitCode> commands;
    private ExitCode last = ExitCode.DONE;

    /** @param commands runs one command, whose failures it tells */
    ShellCommand(
            Surroundings surroundings,
            Map<String, String> environment,
            BiFunction<List<String>, Surroundings, ExitCode> commands) {
        this.surroundings = surroundings;
        this.environment = environment;
        this.commands = commands;
    }

    /** What the last command ended with. */
    ExitCode run() {
        return Tty.canAsk() ? atPrompt() : fromInput();
    }

    private ExitCode fromInput() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!run(line, surroundings)) {
                    return last;
                }
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExitCode atPrompt() {
        try (LineTerminal terminal = LineTerminal.open(environment)) {
            LineReader reader = reader(terminal.terminal());
            Surroundings here = new Surroundings(
                    surroundings.out(),
                    surroundings.err(),
                    new ReaderPrompt(reader),
                    surroundings.kernels(),
                    surroundings.clock());
            while (true) {
                try {
                    if (!run(reader.readLine(PROMPT), here)) {
                        return last;
                    }
                } catch (UserInterruptException left) {
                    last = ExitCode.DONE;
                } catch (EndOfFileException end) {
                    return last;
                }
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        ShellWords words = new ShellWords(this::look);
        LineReader reader = LineReaderBuilder.builder()
                .appName("bpfbay")
                .terminal(terminal)
                .parser(new DefaultParser().escapeChars(new char[0]))
                .completer((line, typed, candidates) -> words.complete(typed.words(), typed.wordIndex(), candidates))
                .highlighter(new ShellColours())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .build();
        history().ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
        return reader;
    }

    /** The host as it is now, for completion. */
    private Optional<Snapshot> look() {
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            return Optional.of(Picture.take(kernel, surroundings));
        } catch (KernelException unseen) {
            return Optional.empty();
        }
    }

    /** Kept for the user alone; none where the home cannot be written. */
    private Optional<Path> history() {
        Optional<Path> state = Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(environment.get("HOME"))
                        .filter(home -> home.startsWith("/"))
                        .map(home -> Path.of(home, ".local", "state")));
        try {
            if (state.isEmpty()) {
                return Optional.empty();
            }
            Path folder = state.get().resolve("bpfbay");
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.isWritable(folder) ? Optional.of(folder.resolve("shell_history")) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** False where the line ends the shell. */
    private boolean run(String line, Surroundings here) {
        List<String> words = ShellWords.split(line);
        if (words.isEmpty() || words.get(0).startsWith("#")) {
            return true;
        } else if (words.get(0).equals("exit") || words.get(0).equals("quit")) {
            return false;
        }
        List<String> command = words.get(0).equals("bpfbay") ? words.subList(1, words.size()) : words;
        Optional<String> refusal = refusal(command);
        if (refusal.isPresent()) {
            Output.print(surroundings.err(), "bpfbay: " + Escaper.escape(refusal.get()) + "\n");
            last = ExitCode.USAGE;
        } else {
            last = commands.apply(command, here);
        }
        return true;
    }

    private static Optional<String> refusal(List<String> command) {
        String word = command.isEmpty() ? "tui" : command.get(0);
        return word.equals("tui") || word.equals("shell") || word.startsWith("-")
                ? Optional.of("shell: " + word + " needs the whole terminal; leave this prompt first (exit)")
                : Optional.empty();
    }

    /** Asks by the same line editor, which has the terminal. */
    private record ReaderPrompt(LineReader reader) implements Prompt {
        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            try {
                int end = question.lastIndexOf('\n') + 1;
                reader.getTerminal().writer().print(question.substring(0, end));
                reader.getTerminal().flush();
                return Optional.of(reader.readLine(question.substring(end)));
            } catch (UserInterruptException | EndOfFileException left) {
                return Optional.empty();
            }
        }
    }
}

package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.model.Attachment;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;

/** What may stand where on the shell's line: commands, options and their values, refs, ids and pins. */
final class ShellWords {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Supplier<Optional<Snapshot>> looks;
    private Optional<Snapshot> last = Optional.empty();
    private long lookedAt;

    /** @param looks asked when a word of the host is to be completed, not more often than every few seconds */
    ShellWords(Supplier<Optional<Snapshot>> looks) {
        this.looks = looks;
    }

    /** Words at blanks; quotes hold blanks, as in a shell of the host. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                isWord = true;
            } else if (Character.isWhitespace(c)) {
                if (isWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isWord = false;
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        return words;
    }

    static boolean isCommand(String word) {
        return Command.of(word).isPresent() || word.equals("exit") || word.equals("quit") || word.equals("bpfbay");
    }

    void complete(List<String> typed, int index, List<Candidate> candidates) {
        int first = !typed.isEmpty() && typed.get(0).equals("bpfbay") ? 1 : 0;
        if (index <= first) {
            for (Command command : Command.values()) {
                candidates.add(candidate(command.word(), command.summary()));
            }
            candidates.add(candidate("exit", "leave"));
            return;
        }
        Command.of(typed.get(first)).ifPresent(command -> after(command, typed, index, candidates));
    }

    private void after(Command command, List<String> typed, int index, List<Candidate> candidates) {
        String word = index < typed.size() ? typed.get(index) : "";
        Optional<Option> asking = command.options().stream()
                .filter(option -> option.takesValue() && option.word().equals(typed.get(index - 1)))
                .findFirst();
        if (asking.isPresent()) {
            values(asking.get()).forEach(value -> candidates.add(candidate(value, "")));
        } else if (word.startsWith("-")) {
            command.options().forEach(option -> candidates.add(candidate(option.word(), option.help())));
        } else {
            command.operand().choices().forEach(choice -> candidates.add(candidate(choice, "")));
            operands(command).forEach(operand -> candidates.add(candidate(operand, "")));
        }
    }

    private Stream<String> values(Option option) {
        return switch (option) {
            case TO -> Stream.concat(programs(), pins());
            case NETNS ->
                Stream.concat(
                        Stream.of("all"), look().stream().flatMap(s -> SnapshotCommand.words(s.namespaces()).stream()));
            case MATCH ->
                look().stream()
                        .flatMap(s -> s.programs().stream())
                        .map(Program::name)
                        .distinct();
            case EXPECT -> programs();
            default -> option.choices().stream();
        };
    }

    private Stream<String> operands(Command command) {
        return switch (command) {
            case SHOW -> Stream.of(refs(), programs(), links(), pins()).flatMap(words -> words);
            case SWAP -> refs();
            case PATH -> look().stream().flatMap(s -> s.interfaces().stream()).map(device -> device.name());
            case HELP -> Stream.of(Command.values()).map(Command::word);
            case CONFIRM, REVERT -> Stream.of("last");
            default -> Stream.of();
        };
    }

    private Stream<String> refs() {
        return look().stream().flatMap(s -> s.attachments().stream()).map(Attachment::ref);
    }

    private Stream<String> programs() {
        return look().stream().flatMap(s -> s.programs().stream()).map(program -> program.object()
                .toString());
    }

    private Stream<String> links() {
        return look().stream().flatMap(s -> s.links().stream()).map(link -> link.object()
                .toString());
    }

    private Stream<String> pins() {
        return look().stream()
                .flatMap(s -> Pin.ofOthers(s.pins()).stream())
                .map(Pin::path)
                .map(path -> "pin:" + path);
    }

    private Optional<Snapshot> look() {
        long now = System.nanoTime();
        if (last.isEmpty() || now - lookedAt > FRESH.toNanos()) {
            last = looks.get();
            lookedAt = now;
        }
        return last;
    }

    /** A name with bytes that a terminal would obey is shown, and not offered as what it is not. */
    private static Candidate candidate(String word, String help) {
        String shown = Escaper.escape(word);
        return new Candidate(shown, shown, null, help.isEmpty() ? null : help, null, null, true);
    }
}

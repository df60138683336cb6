package bpfbay.tui.state;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a command line may go on. */
public final class Completion {
    private Completion() {}

    /** Whole lines that start with what was typed, in the order of the commands. */
    static List<String> of(State state, String typed) {
        int blank = typed.indexOf(' ');
        if (blank < 0) {
            return Arrays.stream(Command.values())
                    .filter(command -> command.word().startsWith(typed))
                    .map(command -> command.argument().isEmpty() ? command.word() : command.word() + " ")
                    .toList();
        }
        String word = typed.substring(0, blank);
        String rest = typed.substring(blank + 1);
        Stream<String> words = Command.byWord(word).stream().flatMap(command -> Words.after(state, command).stream());
        return words.filter(next -> next.startsWith(rest))
                .map(next -> word + " " + next)
                .toList();
    }

    /** What Tab would add to the line, shown faintly behind the cursor. */
    public static Optional<String> ghost(State state, Prompt prompt) {
        if (prompt.kind() != Prompt.Kind.COMMAND || prompt.text().isEmpty()) {
            return Optional.empty();
        }
        return of(state, prompt.text()).stream()
                .findFirst()
                .map(line -> line.substring(prompt.text().length()))
                .filter(rest -> !rest.isBlank());
    }

    /** The longest beginning that all lines share; the first line where that is no more than was typed. */
    static String common(List<String> lines) {
        String first = lines.get(0);
        int length = first.length();
        for (String line : lines) {
            int same = 0;
            while (same < length && same < line.length() && line.charAt(same) == first.charAt(same)) {
                same++;
            }
            length = same;
        }
        return first.substring(0, length);
    }
}

package bpfbay.tui.state;

import static bpfbay.tui.state.Notice.Tone.WARNING;

import java.util.List;

/** What a key does while a line is being typed. */
final class Prompts {
    private Prompts() {}

    /** What commits a swap is typed by hand. */
    static Step paste(State state, String text) {
        if (state.prompt().filter(prompt -> prompt.kind() == Prompt.Kind.PHRASE).isPresent()) {
            return Step.to(state.unasked().told("nothing was done: the phrase is typed, not pasted", WARNING));
        }
        return Step.to(
                state.prompt().map(prompt -> edited(state, prompt.typed(text))).orElse(state));
    }

    static Step apply(State state, Prompt prompt, Key key) {
        return switch (key.name()) {
            case ENTER -> done(state, prompt);
            case ESC -> Step.to(cancelled(state, prompt));
            case CHAR -> Step.to(edited(state, prompt.typed(Character.toString(key.code()))));
            case CTRL -> control(state, prompt, key);
            case BACKSPACE ->
                Step.to(prompt.text().isEmpty() ? cancelled(state, prompt) : edited(state, prompt.erasedBefore()));
            case DELETE -> Step.to(edited(state, prompt.erasedAfter()));
            case LEFT -> Step.to(state.asking(prompt.to(prompt.at() - 1)));
            case RIGHT -> Step.to(state.asking(prompt.to(prompt.at() + 1)));
            case HOME -> Step.to(state.asking(prompt.to(0)));
            case END -> Step.to(state.asking(prompt.toEnd()));
            case UP -> Step.to(vertical(state, prompt, Command.UP_ONE));
            case DOWN -> Step.to(vertical(state, prompt, Command.DOWN_ONE));
            case PAGE_UP -> Step.to(vertical(state, prompt, Command.UP_PAGE));
            case PAGE_DOWN -> Step.to(vertical(state, prompt, Command.DOWN_PAGE));
            case TAB -> completed(state, prompt);
            case OTHER -> Step.to(state);
        };
    }

    /** Older lines; where there are none to recall, the page above can still be read. */
    private static State vertical(State state, Prompt prompt, Command move) {
        if (prompt.kind() == Prompt.Kind.PHRASE) {
            return Moves.run(state, move);
        }
        return switch (move) {
            case UP_ONE -> recalled(state, prompt, prompt.recall() + 1);
            case DOWN_ONE -> recalled(state, prompt, prompt.recall() - 1);
            default -> state;
        };
    }

    private static Step control(State state, Prompt prompt, Key key) {
        return switch (key.code()) {
            case 'c', 'g' -> Step.to(cancelled(state, prompt));
            case 'a' -> Step.to(state.asking(prompt.to(0)));
            case 'e' -> Step.to(state.asking(prompt.toEnd()));
            case 'u' -> Step.to(edited(state, prompt.erasedAll()));
            case 'w' -> Step.to(edited(state, prompt.erasedWord()));
            case 'k' -> Step.to(edited(state, prompt.erasedRest()));
            case 'l' -> Step.to(state, new Effect.Redraw());
            case 'z' -> Step.to(state, new Effect.Suspend());
            default -> Step.to(state);
        };
    }

    /** A filter shows its effect while it is typed. */
    private static State edited(State state, Prompt prompt) {
        State asking = state.asking(prompt);
        return prompt.kind() == Prompt.Kind.FILTER ? Actions.filter(asking, prompt.text()) : asking;
    }

    private static State cancelled(State state, Prompt prompt) {
        State closed = state.unasked();
        return prompt.kind() == Prompt.Kind.FILTER ? Actions.filter(closed, prompt.before()) : closed;
    }

    private static Step done(State state, Prompt prompt) {
        State closed = state.unasked();
        if (prompt.kind() == Prompt.Kind.PHRASE) {
            return SwapActions.typed(closed, prompt.text());
        } else if (prompt.kind() == Prompt.Kind.PROBE) {
            return SwapActions.probed(closed, prompt.text().strip());
        } else if (prompt.kind() == Prompt.Kind.FILTER || prompt.text().isBlank()) {
            return Step.to(closed);
        } else if (prompt.kind() == Prompt.Kind.FILE) {
            return SwapActions.named(closed, prompt.text().strip());
        }
        String line = prompt.text().strip();
        return CommandLine.run(closed.remembering(line), line);
    }

    private static State recalled(State state, Prompt prompt, int back) {
        return prompt.kind() == Prompt.Kind.COMMAND ? state.asking(prompt.recalled(state.history(), back)) : state;
    }

    private static Step completed(State state, Prompt prompt) {
        if (prompt.isOfPath()) {
            return Step.to(state, new Effect.Swap(new SwapWish.Paths(prompt.text())));
        } else if (prompt.kind() != Prompt.Kind.COMMAND) {
            return Step.to(state);
        }
        List<String> lines = Completion.of(state, prompt.text());
        return Step.to(lines.isEmpty() ? state : state.asking(prompt.with(Completion.common(lines))));
    }
}

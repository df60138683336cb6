package bpfbay.tui.view;

import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.state.Command;
import bpfbay.tui.state.Completion;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Notice;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.Prompt;
import bpfbay.tui.state.State;
import bpfbay.tui.table.View;
import java.util.List;
import java.util.Optional;

/** The last line: what is being typed, else the answer to the last key, else the keys. */
final class FooterView {
    private FooterView() {}

    static void draw(State state, Canvas canvas, Frame frame) {
        int y = frame.footer() > 0 ? frame.footerAt() : canvas.rows() - 1;
        boolean isSpeaking = state.prompt().isPresent() || state.notice().isPresent();
        if (frame.footer() == 0 && !isSpeaking) {
            return;
        }
        if (isSpeaking) {
            canvas.fill(0, y, canvas.columns(), " ", Ink.TEXT);
        }
        if (state.prompt().isPresent()) {
            prompt(state, state.prompt().get(), canvas, y);
        } else if (state.notice().isPresent()) {
            notice(state.notice().get(), canvas, y);
        } else if (state.desk().page() instanceof Page.Listing) {
            views(state, canvas, y);
        } else {
            page(state, canvas, y);
        }
    }

    /** The line scrolls when it is longer than the screen; the cursor is a reversed cell. */
    private static void prompt(State state, Prompt prompt, Canvas canvas, int y) {
        int[] points = prompt.text().codePoints().toArray();
        int room = Math.max(1, canvas.columns() - 3);
        int from = Math.max(0, prompt.at() - room + 1);
        int x = canvas.put(0, y, prompt.kind().sign(), Ink.KEY);
        for (int i = from; i < points.length && x < canvas.columns() - 1; i++) {
            Ink ink = i == prompt.at() ? Ink.SELECTED : Ink.TEXT;
            x = canvas.put(x, y, Character.toString(points[i]), ink);
        }
        if (prompt.at() == points.length) {
            Optional<String> ghost = Completion.ghost(state, prompt);
            if (ghost.isPresent()) {
                canvas.put(x, y, ghost.get(), Ink.DIM);
                canvas.tint(x, y, 1, Ink.SELECTED);
            } else {
                canvas.put(x, y, " ", Ink.SELECTED);
            }
        }
    }

    private static void notice(Notice notice, Canvas canvas, int y) {
        boolean isWarning = notice.tone() == Notice.Tone.WARNING;
        canvas.put(1, y, (isWarning ? "! " : "") + notice.text(), isWarning ? Ink.WARN : Ink.TEXT);
    }

    private static void views(State state, Canvas canvas, int y) {
        int x = 1;
        for (Command command : Command.values()) {
            Optional<View> view = command.view();
            if (view.isPresent()) {
                boolean isOpen = view.get() == state.desk().view();
                x = canvas.put(x, y, command.keyLabels() + " ", isOpen ? Ink.ACTIVE : Ink.KEY);
                x = canvas.put(x, y, view.get().brief(), isOpen ? Ink.ACTIVE : Ink.TEXT) + 1;
            }
        }
        hints(
                canvas,
                x + 2,
                y,
                List.of(
                        Command.FILTER,
                        Command.SORT,
                        Command.PATH,
                        Command.PAUSE,
                        Command.NETNS,
                        Command.COPY,
                        Command.LINE));
    }

    private static void page(State state, Canvas canvas, int y) {
        List<Command> commands = state.desk().page() instanceof Page.Details
                ? List.of(Command.BACK, Command.DOWN_ONE, Command.PATH, Command.COPY, Command.EXPORT, Command.QUIT)
                : List.of(Command.BACK, Command.DOWN_ONE, Command.QUIT);
        hints(canvas, 1, y, commands);
    }

    /** As many as fit, whole. */
    private static void hints(Canvas canvas, int start, int y, List<Command> commands) {
        int x = start;
        for (Command command : commands) {
            String key = command.keys().get(0).label();
            if (x + key.length() + 1 + command.word().length() >= canvas.columns()) {
                return;
            }
            x = canvas.put(x, y, key, Ink.KEY);
            x = canvas.put(x + 1, y, command.word(), Ink.DIM) + 2;
        }
    }
}

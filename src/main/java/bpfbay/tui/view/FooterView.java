package bpfbay.tui.view;

import bpfbay.export.Columns;
import bpfbay.export.Escaper;
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
    private static final int TALL = 8;

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
        String sign = sign(state, prompt);
        int start = canvas.put(0, y, sign, Ink.KEY, Math.max(1, canvas.columns() * 2 / 3));
        int room = Math.max(1, canvas.columns() - start - 2);
        int from = Math.max(0, prompt.at() - room + 1);
        int x = start;
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

    /** The phrase's prompt says what it wants. */
    private static String sign(State state, Prompt prompt) {
        if (prompt.kind() == Prompt.Kind.PHRASE
                && state.desk().page() instanceof Page.Planning planning
                && planning.plan().isPresent()) {
            return " type " + planning.plan().get().phrase() + " to swap, Esc to leave: ";
        }
        return prompt.kind().sign();
    }

    /** What is too long for the line begins on the one above. */
    private static void notice(Notice notice, Canvas canvas, int y) {
        boolean isWarning = notice.tone() == Notice.Tone.WARNING;
        Ink ink = isWarning ? Ink.WARN : Ink.TEXT;
        String text = (isWarning ? "! " : "") + Escaper.escape(notice.text());
        int room = canvas.columns() - 2;
        if (Columns.width(text) > room && canvas.rows() >= TALL) {
            String piece = Columns.cut(text, room);
            int blank = piece.lastIndexOf(' ');
            String first = blank > room / 2 ? piece.substring(0, blank) : piece;
            canvas.fill(0, y - 1, canvas.columns(), " ", Ink.TEXT);
            canvas.put(1, y - 1, first, ink);
            text = text.substring(first.length()).stripLeading();
        }
        canvas.put(1, y, text, ink);
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
        for (Command command : List.of(Command.FINDINGS, Command.TIMELINE, Command.SWAPS)) {
            x = canvas.put(x, y, command.keyLabels() + " ", Ink.KEY);
            x = canvas.put(x, y, command.word(), Ink.TEXT) + 1;
        }
        hints(
                canvas,
                x + 2,
                y,
                List.of(
                        Command.SWAP,
                        Command.FILTER,
                        Command.SORT,
                        Command.PATH,
                        Command.PAUSE,
                        Command.NETNS,
                        Command.COPY,
                        Command.LINE));
    }

    private static void page(State state, Canvas canvas, int y) {
        Page page = state.desk().page();
        int x = 1;
        if (page instanceof Page.Planning) {
            x = canvas.put(0, y, " Esc leaves ", Ink.SELECTED) + 1;
        }
        if (page instanceof Page.Planning planning
                && planning.plan().filter(plan -> !plan.isBlocked()).isPresent()) {
            x = canvas.put(x, y, Command.TYPE.keys().get(0).label(), Ink.KEY);
            x = canvas.put(x + 1, y, "type " + planning.plan().get().phrase() + " to swap", Ink.TEXT) + 2;
        }
        List<Command> useful = hinted(page).stream()
                .filter(command -> command.whyDisabled(state).isEmpty())
                .toList();
        hints(canvas, x, y, useful);
    }

    private static List<Command> hinted(Page page) {
        if (page instanceof Page.Planning) {
            return List.of(
                    Command.WITHIN,
                    Command.CANARY,
                    Command.REUSE,
                    Command.TEST,
                    Command.PROBE,
                    Command.RENEW,
                    Command.COPY,
                    Command.EXPORT,
                    Command.DOWN_ONE);
        } else if (page instanceof Page.Outcome || page instanceof Page.Swapped) {
            return List.of(Command.BACK, Command.CONFIRM, Command.UNDO, Command.COPY, Command.EXPORT, Command.DOWN_ONE);
        } else if (page instanceof Page.Choosing choosing) {
            return switch (choosing.subject()) {
                case SWAPS ->
                    List.of(
                            Command.BACK,
                            Command.DOWN_ONE,
                            Command.OPEN,
                            Command.CONFIRM,
                            Command.UNDO,
                            Command.FILTER,
                            Command.EXPORT);
                case FINDINGS, TIMELINE ->
                    List.of(
                            Command.BACK,
                            Command.DOWN_ONE,
                            Command.OPEN,
                            Command.FILTER,
                            Command.NETNS,
                            Command.EXPORT);
                case DIFFERENCES ->
                    List.of(
                            Command.BACK,
                            Command.DOWN_ONE,
                            Command.OPEN,
                            Command.EARLIER,
                            Command.LATER,
                            Command.DIFF,
                            Command.COPY,
                            Command.EXPORT,
                            Command.FILTER);
                default -> List.of(Command.BACK, Command.DOWN_ONE, Command.OPEN);
            };
        } else if (page instanceof Page.Found || page instanceof Page.Happened) {
            return List.of(Command.BACK, Command.DOWN_ONE, Command.OPEN, Command.COPY, Command.EXPORT);
        } else if (page instanceof Page.Details) {
            return List.of(
                    Command.BACK,
                    Command.DOWN_ONE,
                    Command.PATH,
                    Command.SWAP,
                    Command.COPY,
                    Command.EXPORT,
                    Command.QUIT);
        }
        return page instanceof Page.Working ? List.of() : List.of(Command.BACK, Command.DOWN_ONE, Command.QUIT);
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

package bpfbay.tui.state;

import java.util.List;

/**
 * A line being typed at the foot of the screen.
 *
 * @param at where the next character goes, in code points from the start
 * @param before what was there when it was opened, for Esc
 * @param recall how far back in the history one is; 0 is the line itself
 */
public record Prompt(Kind kind, String text, int at, String before, int recall) {
    /** What the line is for. */
    public enum Kind {
        FILTER("/"),
        COMMAND(":"),
        /** The one phrase that commits a swap. */
        PHRASE(""),
        /** The path of an object file, or any other candidate. */
        FILE("object file: "),
        /** A command that says by its exit status whether a swap may stay; none takes it away. */
        PROBE("probe command: ");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    private static final int LONGEST = 500;

    /** Whether Tab goes on with a path. */
    public boolean isOfPath() {
        return kind == Kind.FILE || kind == Kind.PROBE;
    }

    static Prompt open(Kind kind, String text) {
        return new Prompt(kind, text, length(text), text, 0);
    }

    Prompt typed(String more) {
        String clean = more.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(Math.max(0, LONGEST - length(text)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int cut = offset(at);
        return new Prompt(kind, text.substring(0, cut) + clean + text.substring(cut), at + length(clean), before, 0);
    }

    Prompt with(String other) {
        return new Prompt(kind, other, length(other), before, recall);
    }

    /** The line so many entries back. */
    Prompt recalled(List<String> history, int back) {
        int to = Math.max(0, Math.min(history.size(), back));
        String line = to == 0 ? "" : history.get(history.size() - to);
        return new Prompt(kind, line, length(line), before, to);
    }

    Prompt erasedBefore() {
        return at == 0 ? this : cut(at - 1, at);
    }

    Prompt erasedAfter() {
        return at == length(text) ? this : cut(at, at + 1);
    }

    Prompt erasedWord() {
        int from = at;
        while (from > 0 && text.codePointAt(offset(from - 1)) == ' ') {
            from--;
        }
        while (from > 0 && text.codePointAt(offset(from - 1)) != ' ') {
            from--;
        }
        return cut(from, at);
    }

    Prompt erasedAll() {
        return cut(0, at);
    }

    Prompt erasedRest() {
        return cut(at, length(text));
    }

    Prompt to(int position) {
        return new Prompt(kind, text, Math.max(0, Math.min(length(text), position)), before, recall);
    }

    Prompt toEnd() {
        return to(length(text));
    }

    private Prompt cut(int from, int to) {
        return new Prompt(kind, text.substring(0, offset(from)) + text.substring(offset(to)), from, before, 0);
    }

    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

package bpfbay.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/*
 * Lanterna sets colours, styles and the cursor's place whether or not they are so already. Here they are
 * only noted, and the difference to what the terminal has is written with the next glyph: five digits that
 * change cost five moves of the cursor and five bytes. Where the terminal's cursor is after an unusual glyph
 * is not relied upon.
 */
/** Lanterna's terminal over a {@link Wire}. Reads nothing and asks nothing. For the thread that draws. */
final class LanternaTerminal extends ANSITerminal {
    private static final int NOWHERE = -1;

    private final FrameBuffer frame;
    private final Wire wire;
    private final Glyphs glyphs;
    private final boolean isColored;
    private final EnumSet<SGR> wanted = EnumSet.noneOf(SGR.class);
    private final EnumSet<SGR> given = EnumSet.noneOf(SGR.class);
    private TextColor wantedColor = TextColor.ANSI.DEFAULT;
    private TextColor givenColor = TextColor.ANSI.DEFAULT;
    private int wantedColumn;
    private int wantedRow;
    private int column = NOWHERE;
    private int row = NOWHERE;
    private boolean isCursorShown;
    private int width;

    LanternaTerminal(Wire wire, TerminalKind kind, Glyphs glyphs) {
        this(wire, kind, glyphs, new FrameBuffer(wire, kind));
    }

    private LanternaTerminal(Wire wire, TerminalKind kind, Glyphs glyphs, FrameBuffer frame) {
        super(InputStream.nullInputStream(), frame, StandardCharsets.UTF_8);
        this.frame = frame;
        this.wire = wire;
        this.glyphs = glyphs;
        this.isColored = kind.colors() != TerminalKind.Colors.NONE;
    }

    /** Nothing is known of what the terminal shows and how. */
    void forget() {
        isCursorShown = false;
        column = NOWHERE;
        frame.writeBytes("\033[0m".getBytes(StandardCharsets.US_ASCII));
        given.clear();
        givenColor = TextColor.ANSI.DEFAULT;
    }

    /** Lanterna would send the cursor far away and ask where it is. */
    @Override
    protected TerminalSize findTerminalSize() {
        width = wire.columns();
        return new TerminalSize(width, wire.rows());
    }

    @Override
    public void enterPrivateMode() {
        wire.enter();
        forget();
    }

    @Override
    public void exitPrivateMode() {}

    @Override
    public void setForegroundColor(TextColor color) {
        wantedColor = color;
    }

    /** It stays the terminal's own. */
    @Override
    public void setBackgroundColor(TextColor color) {}

    @Override
    public void enableSGR(SGR sgr) {
        wanted.add(sgr);
    }

    @Override
    public void disableSGR(SGR sgr) {
        wanted.remove(sgr);
    }

    @Override
    public void resetColorAndSGR() {
        wanted.clear();
        wantedColor = TextColor.ANSI.DEFAULT;
    }

    @Override
    public void setCursorPosition(int x, int y) {
        wantedColumn = x;
        wantedRow = y;
    }

    @Override
    public void setCursorVisible(boolean visible) {
        if (visible != isCursorShown) {
            isCursorShown = visible;
            send(visible ? "\033[?25h" : "\033[?25l");
        }
    }

    @Override
    public void flush() throws IOException {
        if (isCursorShown) {
            move();
        }
        super.flush();
    }

    @Override
    public void clearScreen() {
        resetColorAndSGR();
        style();
        send("\033[2J");
    }

    @Override
    public void scrollLines(int firstLine, int lastLine, int distance) throws IOException {
        resetColorAndSGR();
        style();
        super.scrollLines(firstLine, lastLine, distance);
        column = NOWHERE;
    }

    @Override
    public void putCharacter(char c) {
        putString(String.valueOf(c));
    }

    @Override
    public void putString(String cell) {
        char c = cell.charAt(0);
        if (c != Glyphs.RIGHT_HALF) {
            move();
            style();
            send(Glyphs.isStandIn(c) ? glyphs.glyph(c) : cell);
            column++;
            if (Glyphs.isStandIn(c) || column >= width) {
                column = NOWHERE;
            }
        }
        wantedColumn++;
    }

    private void move() {
        if (column == wantedColumn && row == wantedRow) {
            return;
        }
        send("\033[" + (wantedRow + 1) + (wantedColumn == 0 ? "" : ";" + (wantedColumn + 1)) + "H");
        column = wantedColumn;
        row = wantedRow;
    }

    private void style() {
        boolean isLess = !wanted.containsAll(given);
        StringBuilder codes = new StringBuilder();
        if (isLess) {
            codes.append('0');
            given.clear();
            givenColor = TextColor.ANSI.DEFAULT;
        }
        for (SGR sgr : wanted) {
            if (given.add(sgr)) {
                append(codes, code(sgr));
            }
        }
        if (isColored && !givenColor.equals(wantedColor)) {
            append(codes, new String(wantedColor.getForegroundSGRSequence(), StandardCharsets.US_ASCII));
            givenColor = wantedColor;
        }
        if (codes.length() > 0) {
            send("\033[" + (codes.toString().equals("0") ? "" : codes) + "m");
        }
    }

    private static void append(StringBuilder codes, String code) {
        if (codes.length() > 0) {
            codes.append(';');
        }
        codes.append(code);
    }

    private static String code(SGR sgr) {
        return switch (sgr) {
            case BOLD -> "1";
            case UNDERLINE -> "4";
            default -> "7";
        };
    }

    private void send(String text) {
        frame.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of Lanterna's methods only this one is asked for keys, and has none. */
    @Override
    public @Nullable KeyStroke pollInput() {
        return null;
    }

    @Override
    public KeyStroke readInput() {
        throw new UncheckedIOException(new IOException("keys come as inputs"));
    }
}

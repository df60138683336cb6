package bpfbay.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen.RefreshType;
import com.googlecode.lanterna.screen.TerminalScreen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/*
 * Every cell is set for every frame and only the difference goes out: Lanterna's clear() would make a frame
 * a full one, which flickers on slow lines.
 */
/**
 * The screen as cells. Set them all, then {@link #flush}: what differs from the terminal goes out in one
 * write. For one thread.
 */
public final class Surface {
    private final LanternaTerminal terminal;
    private final TerminalScreen screen;
    private final Glyphs glyphs = new Glyphs();
    private final Map<CellStyle, Cells> cells = new HashMap<>();
    private RefreshType next = RefreshType.COMPLETE;

    /** Enters the terminal. Nothing is shown before the first {@link #flush}. */
    public Surface(Wire wire, TerminalKind kind) {
        try {
            terminal = new LanternaTerminal(wire, kind, glyphs);
            screen = new TerminalScreen(terminal);
            screen.setCursorPosition(null);
            screen.startScreen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int columns() {
        return screen.getTerminalSize().getColumns();
    }

    public int rows() {
        return screen.getTerminalSize().getRows();
    }

    /**
     * Sets a cell; one outside is nothing.
     *
     * @param glyph one character with its marks, safe to draw; "" for the right half of a wide one
     */
    public void put(int column, int row, String glyph, CellStyle style) {
        Cells known = cells.get(style);
        if (known == null) {
            known = new Cells(style);
            cells.put(style, known);
        }
        screen.setCharacter(column, row, known.cell(glyphs.standIn(glyph)));
    }

    /** Lanterna's cells of one style, each made once: it looks for the boundaries of characters in every one that it makes. */
    private static final class Cells {
        private final TextCharacter blank;
        private final TextCharacter[] latin = new TextCharacter[128];
        private final Map<Character, TextCharacter> others = new HashMap<>();

        Cells(CellStyle style) {
            EnumSet<SGR> modifiers = EnumSet.noneOf(SGR.class);
            for (CellStyle.Attribute attribute : style.attributes()) {
                modifiers.add(SGR.valueOf(attribute.name()));
            }
            blank = TextCharacter.fromString(" ", color(style.color()), TextColor.ANSI.DEFAULT, modifiers)[0];
        }

        TextCharacter cell(char c) {
            if (c >= latin.length) {
                return others.computeIfAbsent(c, blank::withCharacter);
            }
            TextCharacter known = latin[c];
            if (known == null) {
                known = blank.withCharacter(c);
                latin[c] = known;
            }
            return known;
        }
    }

    private static TextColor color(CellStyle.Color color) {
        String name = color.name();
        return TextColor.ANSI.valueOf(name.startsWith("BRIGHT_") ? name.substring(7) + "_BRIGHT" : name);
    }

    /** Shows the cursor there from the next flush on. */
    public void showCursor(int column, int row) {
        screen.setCursorPosition(new TerminalPosition(column, row));
    }

    public void hideCursor() {
        screen.setCursorPosition(null);
    }

    /**
     * Says, before the cells are set, that these rows will show what stood {@code distance} rows below (above,
     * if negative), which the terminal can do by itself for less.
     */
    public void scroll(int firstRow, int lastRow, int distance) {
        if (next == RefreshType.DELTA) {
            screen.scrollLines(firstRow, lastRow, distance);
        }
    }

    /** Sends what has changed. */
    public void flush() {
        try {
            screen.refresh(next);
            next = RefreshType.DELTA;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next flush draws every cell again, whatever the terminal shows. */
    public void redraw() {
        terminal.forget();
        next = RefreshType.COMPLETE;
    }

    /** Takes the terminal's present size; what was set before is lost. The next flush draws every cell. */
    public void resize() {
        try {
            terminal.getTerminalSize();
            screen.doResizeIfNecessary();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        redraw();
    }

    /** After {@link Input.Continued}: enters the terminal again. The next flush draws every cell. */
    public void resume() {
        terminal.enterPrivateMode();
        resize();
    }
}

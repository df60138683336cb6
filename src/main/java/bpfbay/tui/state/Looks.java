package bpfbay.tui.state;

import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;

/** The terminal's size and how things look on it. */
public record Looks(int columns, int rows, Theme theme, Glyphs glyphs) {
    Looks sized(int newColumns, int newRows) {
        return new Looks(newColumns, newRows, theme, glyphs);
    }

    Looks in(Theme other) {
        return new Looks(columns, rows, other, glyphs);
    }
}

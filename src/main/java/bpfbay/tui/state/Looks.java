package bpfbay.tui.state;

import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;

/** The terminal's size and how things look on it. */
public record Looks(int columns, int rows, Theme theme, Glyphs glyphs, Presence presence) {
    public Looks(int columns, int rows, Theme theme, Glyphs glyphs) {
        this(columns, rows, theme, glyphs, Presence.ALONE);
    }

    Looks sized(int newColumns, int newRows) {
        return new Looks(newColumns, newRows, theme, glyphs, presence);
    }

    Looks in(Theme other) {
        return new Looks(columns, rows, other, glyphs, presence);
    }

    Looks after(Key key) {
        return presence.company() == Presence.Company.NONE
                ? this
                : new Looks(columns, rows, theme, glyphs, presence.pressed(key));
    }
}

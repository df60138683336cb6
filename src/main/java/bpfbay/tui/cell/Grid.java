package bpfbay.tui.cell;

import java.util.Arrays;

/**
 * One frame: a glyph and an ink for each cell. The right half of a wide glyph is the empty string. Never
 * smaller than 1x1.
 */
public final class Grid {
    private final int columns;
    private final int rows;
    private final String[] glyphs;
    private final Ink[] inks;

    public Grid(int columns, int rows) {
        this.columns = Math.max(1, columns);
        this.rows = Math.max(1, rows);
        this.glyphs = new String[this.columns * this.rows];
        this.inks = new Ink[this.columns * this.rows];
        clear();
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    public String glyph(int x, int y) {
        return glyphs[y * columns + x];
    }

    public Ink ink(int x, int y) {
        return inks[y * columns + x];
    }

    public void clear() {
        Arrays.fill(glyphs, " ");
        Arrays.fill(inks, Ink.TEXT);
    }

    boolean holds(int x, int y) {
        return x >= 0 && x < columns && y >= 0 && y < rows;
    }

    void set(int x, int y, String glyph, Ink ink) {
        if (holds(x, y)) {
            glyphs[y * columns + x] = glyph;
            inks[y * columns + x] = ink;
        }
    }

    void tint(int x, int y, Ink ink) {
        if (holds(x, y)) {
            inks[y * columns + x] = ink;
        }
    }

    /** Whether a cell shows what a cell of another grid shows. */
    public boolean isSameCell(int x, int y, Grid other, int otherX, int otherY) {
        return ink(x, y) == other.ink(otherX, otherY) && glyph(x, y).equals(other.glyph(otherX, otherY));
    }

    public boolean isAsLargeAs(Grid other) {
        return columns == other.columns && rows == other.rows;
    }

    public boolean isSameAs(Grid other) {
        return isAsLargeAs(other) && Arrays.equals(glyphs, other.glyphs) && Arrays.equals(inks, other.inks);
    }

    /** The text of one row without trailing blanks. */
    public String line(int y) {
        StringBuilder line = new StringBuilder(columns);
        for (int x = 0; x < columns; x++) {
            line.append(glyph(x, y));
        }
        return line.toString().stripTrailing();
    }

    /** All rows without trailing blanks, each ended by a newline. */
    public String text() {
        StringBuilder text = new StringBuilder(columns * rows);
        for (int y = 0; y < rows; y++) {
            text.append(line(y)).append('\n');
        }
        return text.toString();
    }
}

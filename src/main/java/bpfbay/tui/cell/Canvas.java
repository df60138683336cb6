package bpfbay.tui.cell;

import bpfbay.export.Columns;
import bpfbay.export.Escaper;

/**
 * Draws text into a grid. Everything is clipped to the grid, and every string is made safe here, so that
 * no view has to think of it.
 */
public final class Canvas {
    /** Strings for the cells of plain text, so that drawing them makes no garbage. */
    private static final String[] ASCII = new String[0x80];

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = String.valueOf((char) c);
        }
    }

    private final Grid grid;
    private final Glyphs glyphs;

    public Canvas(Grid grid, Glyphs glyphs) {
        this.grid = grid;
        this.glyphs = glyphs;
    }

    public int columns() {
        return grid.columns();
    }

    public int rows() {
        return grid.rows();
    }

    public Glyphs glyphs() {
        return glyphs;
    }

    /** Draws the text up to the right edge; returns the column after it. */
    public int put(int x, int y, String text, Ink ink) {
        return put(x, y, text, ink, grid.columns() - x);
    }

    /** Draws as much as fits into the room, the cut shown by an ellipsis; returns the column after it. */
    public int put(int x, int y, String text, Ink ink, int room) {
        String fit = fit(text, room);
        int at = x;
        for (int i = 0; i < fit.length(); ) {
            int c = fit.codePointAt(i);
            int next = i + Character.charCount(c);
            int width = Columns.width(c);
            while (next < fit.length() && Columns.width(fit.codePointAt(next)) == 0) {
                next += Character.charCount(fit.codePointAt(next));
            }
            grid.set(at, y, c < ASCII.length && next == i + 1 ? ASCII[c] : fit.substring(i, next), ink);
            if (width == 2) {
                grid.set(at + 1, y, "", ink);
            }
            at += width;
            i = next;
        }
        return at;
    }

    /** Draws the text so that it ends before the column {@code end}. */
    public void putRight(int end, int y, String text, Ink ink, int room) {
        String fit = fit(text, room);
        put(end - Columns.width(fit), y, fit, ink);
    }

    /** The text as it is drawn in so many columns: safe, and cut with an ellipsis where it is too long. */
    public String fit(String text, int room) {
        String safe = glyphs.adapt(Escaper.escape(text));
        if (room <= 0) {
            return "";
        }
        if (Columns.width(safe) <= room) {
            return safe;
        }
        return Columns.cut(safe, room - 1) + glyphs.ellipsis();
    }

    /** As {@link #fit}, but what is too long loses its beginning: the end of a path tells it from others. */
    public String fitTail(String text, int room) {
        String safe = glyphs.adapt(Escaper.escape(text));
        if (room <= 0) {
            return "";
        }
        int excess = Columns.width(safe) - room;
        if (excess <= 0) {
            return safe;
        }
        int from = 0;
        int cut = 0;
        while (from < safe.length() && (cut <= excess || Columns.width(safe.codePointAt(from)) == 0)) {
            int c = safe.codePointAt(from);
            cut += Columns.width(c);
            from += Character.charCount(c);
        }
        int slash = safe.indexOf('/', from);
        int start = slash >= 0 && slash - from < room / 3 ? slash : from;
        return glyphs.headEllipsis() + safe.substring(start);
    }

    public void fill(int x, int y, int width, String glyph, Ink ink) {
        String drawn = glyphs.adapt(glyph);
        for (int i = 0; i < width; i++) {
            grid.set(x + i, y, drawn, ink);
        }
    }

    /** Gives cells another ink and keeps what they show. */
    public void tint(int x, int y, int width, Ink ink) {
        for (int i = 0; i < width; i++) {
            grid.tint(x + i, y, ink);
        }
    }
}

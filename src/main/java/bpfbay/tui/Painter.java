package bpfbay.tui;

import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Paint;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.terminal.CellStyle;
import bpfbay.tui.terminal.CellStyle.Attribute;
import bpfbay.tui.terminal.Surface;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/*
 * Only cells that differ from the last grid are set, so that a frame without changes costs nothing and is not
 * sent.
 */
/** Puts grids on the terminal. */
final class Painter {
    /** A scroll must spare this many rows more than drawing in place does. */
    private static final int WORTHWHILE = 3;

    private final Surface surface;
    private final Map<Ink, CellStyle> styles = new EnumMap<>(Ink.class);
    private Optional<Grid> last = Optional.empty();
    private Theme theme = Theme.DARK;

    Painter(Surface surface) {
        this.surface = surface;
    }

    /** What the terminal shows is not known any more. */
    void forget() {
        last = Optional.empty();
    }

    void paint(Grid grid, Theme newTheme) {
        if (theme != newTheme) {
            theme = newTheme;
            styles.clear();
            last = Optional.empty();
        }
        if (last.isPresent() && !last.get().isAsLargeAs(grid)) {
            last = Optional.empty();
        }
        if (last.isPresent()) {
            if (grid.isSameAs(last.get())) {
                return;
            }
            Scroll.between(last.get(), grid, WORTHWHILE).ifPresent(scroll -> scroll(scroll, grid));
        }
        set(grid);
        last = Optional.of(grid);
        surface.flush();
    }

    /** Rows that the scroll has moved hold what stood elsewhere. */
    private void scroll(Scroll scroll, Grid grid) {
        surface.scroll(scroll.first(), scroll.last(), scroll.distance());
        for (int y = scroll.first(); y <= scroll.last(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                set(grid, x, y);
            }
        }
    }

    private void set(Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                if (last.isEmpty() || !grid.isSameCell(x, y, last.get(), x, y)) {
                    set(grid, x, y);
                }
            }
        }
    }

    private void set(Grid grid, int x, int y) {
        Ink ink = grid.ink(x, y);
        CellStyle style = styles.get(ink);
        if (style == null) {
            style = style(ink);
            styles.put(ink, style);
        }
        surface.put(x, y, grid.glyph(x, y), style);
    }

    private CellStyle style(Ink ink) {
        Paint paint = theme.paint(ink);
        EnumSet<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        if (paint.weight() == Paint.Weight.BOLD) {
            attributes.add(Attribute.BOLD);
        }
        switch (paint.emphasis()) {
            case REVERSE -> attributes.add(Attribute.REVERSE);
            case UNDERLINE -> attributes.add(Attribute.UNDERLINE);
            case NONE -> {}
        }
        return new CellStyle(CellStyle.Color.valueOf(paint.hue().name()), attributes);
    }
}

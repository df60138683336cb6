package bpfbay.tui.view;

import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.Line;
import bpfbay.tui.state.State;

/** Everything in the open view as text, not only what the screen has room for. */
public final class WholeView {
    private static final int WIDE = 240;

    private WholeView() {}

    public static String text(State state) {
        if (state.desk().page().isTable()) {
            Grid grid = new Grid(WIDE, state.desk().table().rows().size() + 1);
            TableView.drawAll(state, new Canvas(grid, state.looks().glyphs()));
            return grid.text();
        }
        StringBuilder text = new StringBuilder();
        for (Line line : state.desk().text()) {
            StringBuilder row = new StringBuilder();
            line.spans().forEach(span -> row.append(safe(state.looks().glyphs(), span.text())));
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String safe(Glyphs glyphs, String text) {
        return glyphs.adapt(bpfbay.export.Escaper.escape(text));
    }
}

package bpfbay.tui.view;

import bpfbay.export.Columns;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;

/** The whole screen. */
public final class Screenful {
    private Screenful() {}

    public static Grid draw(State state) {
        Grid grid = new Grid(state.looks().columns(), state.looks().rows());
        draw(state, grid);
        return grid;
    }

    /** Overwrites every cell; the grid is of the state's size. */
    public static void draw(State state, Grid grid) {
        grid.clear();
        Canvas canvas = new Canvas(grid, state.looks().glyphs());
        Frame frame = Frame.of(grid.columns(), grid.rows());
        if (frame.isTooSmall()) {
            tooSmall(canvas);
            return;
        }
        HeaderView.draw(state, canvas);
        if (state.desk().page().isTable()) {
            TableView.draw(state, canvas, frame);
            FactsView.draw(state, canvas, frame);
        } else if (state.desk().page() instanceof Page.Choosing choosing) {
            MenuView.draw(state, choosing, canvas, frame);
        } else {
            TextView.draw(state, canvas, frame);
        }
        FooterView.draw(state, canvas, frame);
        pressed(state, canvas, frame);
    }

    /** The last keys, for those who look on, at the end of the last line. */
    private static void pressed(State state, Canvas canvas, Frame frame) {
        if (state.looks().presence().keys().isEmpty() || frame.footer() == 0) {
            return;
        }
        String keys = "  keys " + String.join(" ", state.looks().presence().keys()) + " ";
        canvas.putRight(canvas.columns(), frame.footerAt(), keys, Ink.ACTIVE, Columns.width(keys));
    }

    private static void tooSmall(Canvas canvas) {
        canvas.put(0, 0, "bpfbay", Ink.TITLE);
        canvas.put(0, 1, "needs 30x4", Ink.TEXT);
        canvas.put(0, 2, "has " + canvas.columns() + "x" + canvas.rows(), Ink.DIM);
    }
}

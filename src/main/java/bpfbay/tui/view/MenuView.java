package bpfbay.tui.view;

import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Menu;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;

/** A page of entries to choose from. The one under the cursor has a sign, so that it is seen without colours. */
final class MenuView {
    private MenuView() {}

    static void draw(State state, Page.Choosing choosing, Canvas canvas, Frame frame) {
        Menu menu = choosing.menu();
        int height = frame.bodyHeight(choosing);
        int all = menu.entries().size();
        TextView.title(choosing.title(), state, canvas, frame, menu.top() + height, menu.top(), all);
        for (int i = 0; i < height && menu.top() + i < all; i++) {
            int at = menu.top() + i;
            int y = frame.bodyTop() + i;
            int x = 0;
            for (Line.Span span : menu.entries().get(at).line().spans()) {
                x = canvas.put(x, y, span.text(), span.ink());
            }
            if (at == menu.index() && menu.entries().get(at).choice().isPresent()) {
                canvas.put(1, y, "▸", Ink.ACCENT);
                canvas.tint(0, y, canvas.columns(), Ink.SELECTED);
            }
        }
    }
}

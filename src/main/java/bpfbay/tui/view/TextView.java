package bpfbay.tui.view;

import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;
import java.util.List;

/** A page of lines under its title. */
final class TextView {
    private TextView() {}

    static void draw(State state, Canvas canvas, Frame frame) {
        List<Line> lines = state.desk().text();
        int height = frame.bodyHeight(state.desk().page());
        int top = state.desk().cursor().top();
        title(state, canvas, frame, top + height, lines.size());
        for (int i = 0; i < height && top + i < lines.size(); i++) {
            int x = 0;
            for (Line.Span span : lines.get(top + i).spans()) {
                x = canvas.put(x, frame.bodyTop() + i, span.text(), span.ink());
            }
        }
    }

    private static void title(State state, Canvas canvas, Frame frame, int seen, int all) {
        int y = frame.bodyTop() - 1;
        canvas.fill(0, y, canvas.columns(), "─", Ink.DIM);
        String more = all > seen || state.desk().cursor().top() > 0 ? " " + Math.min(seen, all) + "/" + all + " " : "";
        int room = canvas.columns() - more.length() - 3;
        canvas.put(1, y, " " + canvas.fit(title(state), room - 2) + " ", Ink.TITLE, room);
        canvas.putRight(canvas.columns() - 1, y, more, Ink.DIM, more.length());
    }

    private static String title(State state) {
        Page page = state.desk().page();
        if (page instanceof Page.Details details) {
            return details.last()
                    .thing()
                    .match(
                            attachment -> attachment.ref(),
                            program -> "program " + program.object() + " " + program.name(),
                            link -> "link " + link.object(),
                            map -> "map " + map.object() + " " + map.name(),
                            pin -> pin.path());
        }
        return page instanceof Page.Problems ? "What could not be seen" : "Keys and commands";
    }
}

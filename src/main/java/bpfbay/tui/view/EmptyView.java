package bpfbay.tui.view;

import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.state.Feed;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;
import bpfbay.tui.table.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands where there are no rows: why, and what one can do. */
final class EmptyView {
    private EmptyView() {}

    static void draw(State state, Canvas canvas, int top, int height) {
        List<String> lines = lines(state);
        int y = top + Math.max(0, (height - lines.size()) / 3);
        for (int i = 0; i < lines.size(); i++) {
            canvas.put(3, y + i, lines.get(i), i == 0 ? Ink.TITLE : Ink.DIM);
        }
    }

    private static List<String> lines(State state) {
        Feed feed = state.world().shown();
        Optional<Snapshot> snapshot = feed.snapshot();
        List<String> lines = new ArrayList<>();
        if (snapshot.isEmpty()) {
            lines.add(feed.failure().isPresent() ? "No picture of the kernel yet." : "Looking at the kernel.");
            feed.failure().ifPresent(failure -> lines.add(failure.why()));
            return lines;
        } else if (state.desk().page() instanceof Page.Path path) {
            return List.of("The interface " + path.name() + " is not there any more.", "Esc goes back.");
        }
        String what = state.desk().view().word();
        if (state.filter().isActive() && state.desk().table().total() > 0) {
            lines.add("None of "
                    + state.desk().view().counted(state.desk().table().total()) + " fits the filter.");
            lines.add("Esc drops it, / changes it.");
            return lines;
        }
        if (state.desk().netns().inode().isPresent() && state.desk().view() == View.ATTACHMENTS) {
            lines.add("Nothing is attached in this network namespace.");
            lines.add("n shows all of them.");
        } else {
            lines.add("There are no " + what + " on this host, as far as can be seen.");
            lines.add("To try bpfbay on real programs: bpfbay lab up");
        }
        if (!snapshot.get().problems().isEmpty()) {
            lines.add("");
            snapshot.get().problems().stream().limit(5).forEach(p -> lines.add(p.object() + ": " + p.hint()));
            lines.add("! shows all that could not be seen.");
        }
        return lines;
    }
}

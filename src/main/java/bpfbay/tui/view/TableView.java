package bpfbay.tui.view;

import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.export.Columns;
import bpfbay.export.PacketPath;
import bpfbay.history.Identity;
import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;
import bpfbay.tui.table.Cell;
import bpfbay.tui.table.Column;
import bpfbay.tui.table.Look;
import bpfbay.tui.table.Row;
import bpfbay.tui.table.Sort;
import bpfbay.tui.table.Table;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Column heads and the rows that the screen has room for. */
public final class TableView {
    private final State state;
    private final Canvas canvas;
    private final Layout layout;
    private final Recent recent;
    private final Set<Identity> troubled;

    private TableView(State state, Canvas canvas) {
        this.state = state;
        this.canvas = canvas;
        this.layout = Layout.of(state.desk().table().columns(), canvas.columns());
        this.recent = state.world().shown().recent();
        this.troubled = new HashSet<>();
        for (Finding finding : state.world().shown().diagnosis().bad()) {
            troubled.addAll(finding.rows());
        }
    }

    static void draw(State state, Canvas canvas, Frame frame) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        TableView view = new TableView(state, canvas);
        int height = frame.bodyHeight(state.desk().page());
        if (snapshot.isEmpty() || state.desk().table().rows().isEmpty()) {
            EmptyView.draw(state, canvas, frame.bodyTop(), height);
            return;
        }
        if (state.desk().page() instanceof Page.Path path) {
            view.pathTitle(path, frame.bodyTop() - 1);
        } else {
            view.heads(frame.bodyTop() - 1);
        }
        int top = state.desk().cursor().top();
        for (int i = 0; i < height; i++) {
            view.row(snapshot.get(), top + i, frame.bodyTop() + i, i == 0);
        }
    }

    /** All rows, however many, for a file. */
    public static void drawAll(State state, Canvas canvas) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        TableView view = new TableView(state, canvas);
        view.heads(0);
        for (int i = 0; snapshot.isPresent() && i < state.desk().table().rows().size(); i++) {
            view.row(snapshot.get(), i, i + 1, i == 0);
        }
    }

    private void pathTitle(Page.Path path, int y) {
        int x = canvas.put(1, y, "path of " + path.name(), Ink.TITLE);
        canvas.put(x + 2, y, PacketPath.CLAIM, Ink.DIM);
    }

    private void heads(int y) {
        Sort sort = state.desk().table().sort();
        for (Layout.Slot slot : layout.slots()) {
            String title = slot.column().title();
            if (sort.column().filter(title::equals).isPresent()) {
                title += sort.order() == Sort.Order.ASCENDING ? "↑" : "↓";
            }
            if (slot.column().align() == Column.Align.RIGHT) {
                canvas.putRight(slot.x() + slot.width(), y, title, Ink.HEAD, slot.width() + 1);
            } else {
                canvas.put(slot.x(), y, title, Ink.HEAD, slot.width());
            }
        }
    }

    private void row(Snapshot snapshot, int index, int y, boolean isFirst) {
        Table table = state.desk().table();
        if (index >= table.rows().size()) {
            return;
        }
        Row row = table.rows().get(index);
        if (row instanceof Row.Heading heading) {
            int x = canvas.put(1, y, heading.text(), Ink.GROUP);
            canvas.put(x + 2, y, heading.note(), Ink.DIM);
        } else if (row instanceof Row.Blank blank) {
            canvas.put(1, y, blank.where(), Ink.DIM, layout.slots().get(0).width());
            canvas.put(layout.slots().size() > 1 ? layout.slots().get(1).x() : 1, y, blank.note(), Ink.DIM);
        } else if (row instanceof Row.Note note) {
            canvas.put(1, y, "! " + note.text(), note.severity() == Severity.CRITICAL ? Ink.BAD : Ink.WARN);
        } else if (row instanceof Row.Item item) {
            boolean isRepeated = !isFirst
                    && table.sort().column().isEmpty()
                    && table.itemAbove(index)
                            .filter(above -> above.where().equals(item.where()))
                            .isPresent();
            item(
                    Look.at(item, snapshot, recent),
                    y,
                    isRepeated,
                    index == state.desk().cursor().index());
        }
    }

    private void item(Look look, int y, boolean isRepeated, boolean isSelected) {
        sign(look, y);
        for (Layout.Slot slot : layout.slots()) {
            if (slot.x() == 1 && isRepeated && !look.row().where().isEmpty()) {
                continue;
            }
            cell(look, slot, y);
        }
        if (isSelected) {
            canvas.tint(0, y, canvas.columns(), Ink.SELECTED);
        }
    }

    private void sign(Look look, int y) {
        if (look.row().isGone()) {
            canvas.put(0, y, "×", Ink.GONE);
        } else if (state.desk().picked().contains(look.row().identity())) {
            canvas.put(0, y, "•", Ink.ACCENT);
        } else if (troubled.contains(look.row().identity())) {
            canvas.put(0, y, "!", Ink.WARN);
        } else if (look.mark().filter(Recent.Mark::isNew).isPresent()) {
            canvas.put(0, y, "+", Ink.NEW);
        }
    }

    private void cell(Look look, Layout.Slot slot, int y) {
        Cell cell = slot.column().cell().apply(look);
        boolean isChanged = slot.column().aspect().filter(look::isChanged).isPresent();
        Ink ink = look.row().isGone() ? Ink.GONE : isChanged ? Ink.CHANGED : cell.ink();
        if (isChanged) {
            canvas.put(slot.x() - 1, y, "*", Ink.CHANGED);
        }
        String head = cell.head();
        int room = Math.max(0, slot.width() - Columns.width(cell.tail()));
        switch (slot.column().align()) {
            case LEFT -> canvas.put(canvas.put(slot.x(), y, head, ink, room), y, cell.tail(), ink);
            case RIGHT -> canvas.putRight(slot.x() + slot.width(), y, cell.text(), ink, slot.width());
            case TAIL -> canvas.put(canvas.put(slot.x(), y, canvas.fitTail(head, room), ink), y, cell.tail(), ink);
        }
    }
}

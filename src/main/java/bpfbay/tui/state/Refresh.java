package bpfbay.tui.state;

import bpfbay.history.Recent;
import bpfbay.history.Sight;
import bpfbay.history.Thing;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.DetailText;
import bpfbay.tui.page.ProblemText;
import bpfbay.tui.table.PathTable;
import bpfbay.tui.table.Row;
import bpfbay.tui.table.Table;
import bpfbay.tui.table.TableBuilder;
import java.util.List;
import java.util.Optional;

/** Makes the rows or lines of the open page anew and puts the cursor where it belongs among them. */
final class Refresh {
    private Refresh() {}

    static State rebuild(State state) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        Desk desk = state.desk();
        if (desk.page() instanceof Page.Help) {
            return scrolled(state.with(desk.holding(Table.EMPTY, HelpText.of(state.with(desk.closed())))));
        }
        Optional<List<Line>> lines = SwapPages.lines(state).or(() -> TroubleMenus.lines(state));
        if (lines.isPresent()) {
            return scrolled(state.with(desk.holding(Table.EMPTY, lines.get())));
        } else if (desk.page() instanceof Page.Choosing choosing) {
            return choosing(state, choosing);
        }
        return snapshot.map(s -> rebuild(state, s)).orElse(state);
    }

    /** The views among them live; what else is to be chosen from stays as it was offered. */
    private static State choosing(State state, Page.Choosing choosing) {
        int height = state.bodyHeight();
        Menu menu = choosing.menu();
        Page.Choosing now =
                switch (choosing.subject()) {
                    case SWAPS -> choosing.with(menu.with(SwapMenus.records(state), height));
                    case FINDINGS -> choosing.with(menu.with(TroubleMenus.found(state), height));
                    case TIMELINE -> choosing.with(menu.with(TroubleMenus.happened(state), height));
                    case DIFFERENCES -> Comparing.again(choosing, state);
                    default -> choosing.with(menu.shown(height));
                };
        Desk desk = state.desk().amended(choosing, now);
        return state.with(desk.holding(
                Table.EMPTY, now.menu().entries().stream().map(Menu.Entry::line).toList()));
    }

    private static State rebuild(State state, Snapshot snapshot) {
        Desk desk = state.desk();
        Recent recent = state.world().shown().recent();
        if (desk.page() instanceof Page.Path path) {
            Table table = PathTable.of(path.netns(), path.ifindex(), snapshot);
            return pointed(state.with(desk.holding(table, List.of())));
        } else if (desk.page() instanceof Page.Problems) {
            List<Line> lines = ProblemText.of(snapshot, state.looks().columns());
            return scrolled(state.with(desk.holding(Table.EMPTY, lines)));
        } else if (desk.page() instanceof Page.Details details) {
            return details(state, details, snapshot, recent);
        }
        Table table = new TableBuilder(snapshot, recent, state.world().shown().diagnosis(), desk.netns())
                .build(desk.view(), desk.filter(), desk.sort());
        return pointed(state.with(desk.holding(table, List.of())));
    }

    private static State details(State state, Page.Details details, Snapshot snapshot, Recent recent) {
        int columns = state.looks().columns();
        Optional<Thing> there =
                Things.find(snapshot, details.of(), details.last().thing());
        List<Line> lines = there.map(thing -> DetailText.of(
                        thing,
                        Optional.ofNullable(recent.marks().get(details.of())),
                        snapshot,
                        state.world().fetched(),
                        columns))
                .orElseGet(() -> DetailText.ofGone(
                        details.last(), Optional.ofNullable(recent.tombstones().get(details.of())), columns));
        Desk desk = there.map(thing -> state.desk().seeing(Sight.of(snapshot, thing)))
                .orElse(state.desk());
        return scrolled(state.with(desk.holding(Table.EMPTY, lines)));
    }

    /** Other rows, which the operator asked for: the list is shown from its beginning, as far as the cursor lets it. */
    static State relist(State state) {
        State listed = rebuild(state);
        Desk desk = listed.desk();
        if (desk.page() instanceof Page.Choosing list) {
            return listed.with(desk.amended(list, list.with(list.menu().fromTop(listed.bodyHeight()))));
        }
        return listed.with(desk.withCursor(desk.cursor().fromTop(desk.table(), listed.bodyHeight())));
    }

    /** The cursor on the row that it was on. */
    static State pointed(State state) {
        Desk desk = state.desk();
        return state.with(desk.withCursor(desk.cursor().follow(desk.table(), state.bodyHeight())));
    }

    /** The lines not scrolled past their end. */
    static State scrolled(State state) {
        Desk desk = state.desk();
        int last = Math.max(0, desk.text().size() - state.bodyHeight());
        Cursor cursor = desk.cursor();
        int top = Math.max(0, Math.min(last, cursor.top()));
        return top == cursor.top() ? state : state.with(desk.withCursor(new Cursor(cursor.on(), cursor.index(), top)));
    }

    /** The row under the cursor. */
    static Optional<Row.Item> selected(State state) {
        return state.desk().table().item(state.desk().cursor().index());
    }
}

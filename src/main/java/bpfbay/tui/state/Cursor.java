package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.tui.table.Row;
import bpfbay.tui.table.Table;
import java.util.Optional;

/**
 * Where one is in a list: on a thing, not on a row number.
 *
 * @param index where the thing stood when the rows were last made
 * @param top the first row on the screen
 */
public record Cursor(Optional<Identity> on, int index, int top) {
    public static final Cursor START = new Cursor(Optional.empty(), 0, 0);

    /** The cursor among new rows: still on its thing, which keeps its place on the screen; else on what stands there now. */
    Cursor follow(Table table, int height) {
        int found = on.map(table::indexOf).orElse(-1);
        if (found >= 0) {
            return new Cursor(on, found, top + found - index).shown(table, height);
        }
        return table.nearest(index, 1).map(item -> onItem(table, item, height)).orElse(new Cursor(on, 0, 0));
    }

    /** The same row, with as much of the beginning of the list as fits. */
    Cursor fromTop(Table table, int height) {
        return new Cursor(on, index, 0).shown(table, height);
    }

    /** So many rows on, headings not counted as stops. */
    Cursor moved(Table table, int step, int height) {
        return table.nearest(index + step, step)
                .map(item -> onItem(table, item, height))
                .orElse(this);
    }

    Cursor to(Table table, Identity identity, int height) {
        int found = table.indexOf(identity);
        return found < 0 ? this : new Cursor(Optional.of(identity), found, top).shown(table, height);
    }

    private Cursor onItem(Table table, Row.Item item, int height) {
        return new Cursor(Optional.of(item.identity()), table.indexOf(item.identity()), top).shown(table, height);
    }

    private Cursor shown(Table table, int height) {
        int first = Math.max(0, Math.min(top, table.rows().size() - height));
        if (index < first) {
            first = index;
        } else if (index >= first + height) {
            first = index - height + 1;
        }
        if (first > 0 && first == index && table.item(first - 1).isEmpty()) {
            first--;
        }
        return new Cursor(on, index, first);
    }
}

package bpfbay.tui.table;

import bpfbay.history.Identity;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one list, as filtered and sorted.
 *
 * @param total how many things there are without the filter, tombstones not counted
 * @param matching how many of them stayed
 */
public record Table(List<Column> columns, List<Row> rows, int total, int matching, Sort sort) {
    public static final Table EMPTY = new Table(List.of(), List.of(), 0, 0, Sort.RUNNING_ORDER);

    public int indexOf(Identity identity) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) instanceof Row.Item item && item.identity().equals(identity)) {
                return i;
            }
        }
        return -1;
    }

    public Optional<Row.Item> item(int index) {
        return index >= 0 && index < rows.size() && rows.get(index) instanceof Row.Item item
                ? Optional.of(item)
                : Optional.empty();
    }

    /** The row above, which notes may stand below. */
    public Optional<Row.Item> itemAbove(int index) {
        int above = index - 1;
        while (above >= 0 && rows.get(above) instanceof Row.Note) {
            above--;
        }
        return item(above);
    }

    /** The nearest row that can be selected, looking in the direction of the step first. */
    public Optional<Row.Item> nearest(int index, int step) {
        int start = Math.max(0, Math.min(rows.size() - 1, index));
        int way = step < 0 ? -1 : 1;
        for (int i = start; i >= 0 && i < rows.size(); i += way) {
            if (rows.get(i) instanceof Row.Item item) {
                return Optional.of(item);
            }
        }
        for (int i = start; i >= 0 && i < rows.size(); i -= way) {
            if (rows.get(i) instanceof Row.Item item) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }
}

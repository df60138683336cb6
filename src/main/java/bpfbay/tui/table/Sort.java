package bpfbay.tui.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The order of the rows.
 *
 * @param column its title; empty for the order in which the kernel runs or lists them
 */
public record Sort(Optional<String> column, Order order) {
    public static final Sort RUNNING_ORDER = new Sort(Optional.empty(), Order.ASCENDING);

    /** Which end is first. */
    public enum Order {
        ASCENDING,
        DESCENDING
    }

    public static Sort by(String title) {
        return new Sort(Optional.of(title), Order.ASCENDING);
    }

    public Sort reversed() {
        return new Sort(column, order == Order.ASCENDING ? Order.DESCENDING : Order.ASCENDING);
    }

    /** The next column that is shown; after the last one the running order again. */
    public Sort next(List<Column> shown) {
        List<String> titles = shown.stream().map(Column::title).toList();
        int at = column.map(titles::indexOf).orElse(-1) + 1;
        return at < titles.size() ? by(titles.get(at)) : RUNNING_ORDER;
    }

    /** Numbers by value, texts by letters, what is unknown last either way; equal ones stay as they were. */
    List<Row> apply(List<Row> rows, Column by, java.util.function.Function<Row.Item, Look> look) {
        record Keyed(Row.Item row, Cell cell) {}
        List<Keyed> keyed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row instanceof Row.Item item) {
                keyed.add(new Keyed(item, by.cell().apply(look.apply(item))));
            }
        }
        Comparator<Cell> cells = order == Order.ASCENDING ? Sort::compare : (a, b) -> compare(b, a);
        keyed.sort(Comparator.comparing((Keyed k) -> isUnknown(k.cell())).thenComparing(Keyed::cell, cells));
        List<Row> sorted = new ArrayList<>(keyed.size());
        keyed.forEach(k -> sorted.add(k.row()));
        return sorted;
    }

    private static boolean isUnknown(Cell cell) {
        return cell.equals(Cell.NONE) || cell.equals(Cell.dim(cell.text()));
    }

    private static int compare(Cell a, Cell b) {
        OptionalDouble left = a.number();
        OptionalDouble right = b.number();
        if (left.isPresent() && right.isPresent()) {
            return Double.compare(left.getAsDouble(), right.getAsDouble());
        }
        return String.CASE_INSENSITIVE_ORDER.compare(a.text(), b.text());
    }
}

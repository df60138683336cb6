package bpfbay.tui.view;

import bpfbay.tui.table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which columns fit and how wide they are. The first cell of the screen is for the sign of a row, and the
 * one before each column for the sign of a change.
 */
record Layout(List<Slot> slots) {
    /** A column at a place. */
    record Slot(Column column, int x, int width) {}

    static Layout of(List<Column> columns, int room) {
        List<Column> shown = new ArrayList<>(columns);
        while (least(shown) > room && shown.stream().anyMatch(c -> c.rank() > 0)) {
            shown.remove(
                    shown.stream().max(Comparator.comparingInt(Column::rank)).orElseThrow());
        }
        int[] widths = shown.stream().mapToInt(Column::min).toArray();
        int spare = room - least(shown);
        List<Integer> byRank = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            byRank.add(i);
        }
        byRank.sort(Comparator.comparingInt(i -> shown.get(i).rank()));
        boolean grows = true;
        while (spare > 0 && grows) {
            grows = false;
            for (int i : byRank) {
                if (spare > 0 && widths[i] < shown.get(i).max()) {
                    widths[i]++;
                    spare--;
                    grows = true;
                }
            }
        }
        List<Slot> slots = new ArrayList<>();
        int x = 1;
        for (int i = 0; i < widths.length; i++) {
            int width = Math.min(widths[i], Math.max(0, room - x));
            slots.add(new Slot(shown.get(i), x, width));
            x += width + 1;
        }
        return new Layout(slots);
    }

    private static int least(List<Column> columns) {
        return columns.stream().mapToInt(c -> c.min() + 1).sum();
    }
}

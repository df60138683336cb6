package bpfbay.tui.view;

import bpfbay.tui.table.Column;
import java.util.ArrayList;
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
        int last = lastWanted(shown);
        while (least(shown) > room && shown.get(last).rank() > 0) {
            shown.remove(last);
            last = lastWanted(shown);
        }
        int[] widths = new int[shown.size()];
        List<Integer> byRank = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = shown.get(i).min();
            byRank.add(i);
        }
        int spare = room - least(shown);
        byRank.sort((a, b) -> Integer.compare(shown.get(a).rank(), shown.get(b).rank()));
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

    /** Where the column stands that is the first to go. */
    private static int lastWanted(List<Column> columns) {
        int found = 0;
        for (int i = 1; i < columns.size(); i++) {
            if (columns.get(i).rank() > columns.get(found).rank()) {
                found = i;
            }
        }
        return found;
    }

    private static int least(List<Column> columns) {
        int sum = 0;
        for (Column column : columns) {
            sum += column.min() + 1;
        }
        return sum;
    }
}

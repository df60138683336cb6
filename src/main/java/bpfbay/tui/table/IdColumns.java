package bpfbay.tui.table;

import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the column of program ids as wide as the longest that is attached, at the cost of the pins' paths:
 * what is cut of an id makes it another's.
 */
final class IdColumns {
    /* the last piece of a path still tells something */
    private static final int LEAST_PATH = 6;

    private IdColumns() {}

    static List<Column> fitted(List<Column> columns, Snapshot snapshot) {
        int digits = snapshot.attachments().stream()
                .flatMapToInt(attachment -> attachment.progId().stream())
                .map(IdColumns::digits)
                .max()
                .orElse(0);
        List<Column> fitted = new ArrayList<>(columns.size());
        int taken = 0;
        for (Column column : columns) {
            int width = column.title().equals("PROG") ? Math.max(column.min(), digits) : column.min();
            taken += width - column.min();
            fitted.add(width == column.min() ? column : column.sized(width, width));
        }
        for (int i = 0; i < fitted.size(); i++) {
            Column column = fitted.get(i);
            if (column.title().equals("PIN")) {
                fitted.set(i, column.sized(Math.max(LEAST_PATH, column.min() - taken), column.max()));
            }
        }
        return fitted;
    }

    private static int digits(int id) {
        return Integer.toUnsignedString(id).length();
    }
}

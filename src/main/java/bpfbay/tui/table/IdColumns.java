package bpfbay.tui.table;

import bpfbay.model.Attachment;
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
        int digits = digits(snapshot);
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

    /** Of the longest id; 0 where no program is attached. */
    private static int digits(Snapshot snapshot) {
        int longest = 0;
        for (Attachment attachment : snapshot.attachments()) {
            if (attachment.progId().isPresent()) {
                String id = Integer.toUnsignedString(attachment.progId().getAsInt());
                longest = Math.max(longest, id.length());
            }
        }
        return longest;
    }
}

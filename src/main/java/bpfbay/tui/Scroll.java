package bpfbay.tui;

import bpfbay.tui.cell.Grid;
import java.util.Optional;

/**
 * Rows that moved by a few, headings among them, which a terminal can do by itself.
 *
 * @param first and last row of the stretch
 * @param distance how many rows up, negative where they went down
 */
record Scroll(int first, int last, int distance) {
    /** Empty unless at least so many rows more are right after a scroll than without. */
    static Optional<Scroll> between(Grid before, Grid now, int worthwhile) {
        int still = matching(before, now, 0);
        for (int distance : new int[] {1, -1, 2, -2, 3, -3}) {
            if (matching(before, now, distance) > still + worthwhile) {
                return Optional.of(stretch(before, now, distance));
            }
        }
        return Optional.empty();
    }

    private static int matching(Grid before, Grid now, int distance) {
        int matching = 0;
        for (int y = 0; y < now.rows(); y++) {
            if (comesFrom(before, now, y, distance)) {
                matching++;
            }
        }
        return matching;
    }

    private static Scroll stretch(Grid before, Grid now, int distance) {
        int first = now.rows();
        int last = 0;
        for (int y = 0; y < now.rows(); y++) {
            if (comesFrom(before, now, y, distance) && !comesFrom(before, now, y, 0)) {
                first = Math.min(first, Math.min(y, y + distance));
                last = Math.max(last, Math.max(y, y + distance));
            }
        }
        return new Scroll(first, last, distance);
    }

    /** Whether the row shows what stood so many rows below it. */
    private static boolean comesFrom(Grid before, Grid now, int y, int distance) {
        int from = y + distance;
        if (from < 0 || from >= now.rows()) {
            return false;
        }
        for (int x = 0; x < now.columns(); x++) {
            if (!now.isSameCell(x, y, before, x, from)) {
                return false;
            }
        }
        return true;
    }
}

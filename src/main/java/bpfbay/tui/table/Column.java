package bpfbay.tui.table;

import bpfbay.history.Aspect;
import java.util.Optional;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param rank the lower, the longer it stays when the screen is narrow; 0 never goes
 * @param min columns without which it is not shown
 * @param max columns beyond which it need not grow
 * @param aspect which change marks its cell
 */
public record Column(
        String title, int rank, int min, int max, Align align, Optional<Aspect> aspect, Function<Look, Cell> cell) {
    /** On which side blanks go. */
    public enum Align {
        LEFT,
        RIGHT,
        /** Left, and what is too long loses its beginning: the end of a path is what tells it from others. */
        TAIL
    }

    /** The word that names it when sorting. */
    public String word() {
        return title.toLowerCase(java.util.Locale.ROOT);
    }

    static Column left(String title, int rank, int min, int max, Function<Look, Cell> cell) {
        return new Column(title, rank, min, max, Align.LEFT, Optional.empty(), cell);
    }

    static Column right(String title, int rank, int width, Function<Look, Cell> cell) {
        return new Column(title, rank, width, width, Align.RIGHT, Optional.empty(), cell);
    }

    static Column tail(String title, int rank, int min, int max, Function<Look, Cell> cell) {
        return new Column(title, rank, min, max, Align.TAIL, Optional.empty(), cell);
    }

    Column sized(int least, int most) {
        return new Column(title, rank, least, most, align, aspect, cell);
    }

    Column marking(Aspect marked) {
        return new Column(title, rank, min, max, align, Optional.of(marked), cell);
    }
}

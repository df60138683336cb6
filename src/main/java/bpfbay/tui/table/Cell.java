package bpfbay.tui.table;

import bpfbay.tui.cell.Ink;
import java.util.OptionalDouble;

/**
 * What one cell says.
 *
 * @param head what may be cut where it is too long
 * @param tail what stays whole, such as the pid behind a name
 * @param number what it is sorted by, where that is not its text
 */
public record Cell(String head, String tail, Ink ink, OptionalDouble number) {
    /** Nothing is there, and that is known. */
    public static final Cell NONE = dim("—");

    public static Cell of(String text) {
        return new Cell(text, "", Ink.TEXT, OptionalDouble.empty());
    }

    public static Cell dim(String text) {
        return new Cell(text, "", Ink.DIM, OptionalDouble.empty());
    }

    public static Cell number(String text, double number) {
        return new Cell(text, "", Ink.TEXT, OptionalDouble.of(number));
    }

    /** A name, and what must not be cut from its end. */
    public static Cell ending(String head, String tail) {
        return new Cell(head, tail, Ink.TEXT, OptionalDouble.empty());
    }

    /** An id or a count. */
    public static Cell number(long number) {
        return new Cell(Long.toString(number), "", Ink.TEXT, OptionalDouble.of((double) number));
    }

    public String text() {
        return head + tail;
    }

    public Cell in(Ink other) {
        return new Cell(head, tail, other, number);
    }
}

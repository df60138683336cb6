package bpfbay.tui.cell;

import java.util.List;

/** One line of a page of text, in pieces of one ink each. */
public record Line(List<Span> spans) {
    public static final Line EMPTY = new Line(List.of());

    /** A piece of text. */
    public record Span(String text, Ink ink) {}

    public Line {
        spans = List.copyOf(spans);
    }

    public static Line of(String text, Ink ink) {
        return new Line(List.of(new Span(text, ink)));
    }

    public static Line of(String first, Ink ink, String second, Ink other) {
        return new Line(List.of(new Span(first, ink), new Span(second, other)));
    }
}

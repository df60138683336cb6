package bpfbay.tui.page;

import bpfbay.export.Columns;
import bpfbay.export.Escaper;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.List;

/** Lines of a page as they come: sections, labelled values that wrap, and lines taken over as they are. */
final class Paragraphs {
    private static final int LABEL = 15;
    private static final int LEAST = 12;

    private final int columns;
    private final List<Line> lines = new ArrayList<>();

    Paragraphs(int columns) {
        this.columns = columns;
    }

    List<Line> lines() {
        return lines;
    }

    void section(String title, String note) {
        if (!lines.isEmpty()) {
            lines.add(Line.EMPTY);
        }
        lines.add(Line.of(" " + title, Ink.TITLE, note.isEmpty() ? "" : "  " + note, Ink.DIM));
    }

    /** The label stands once; what does not fit goes on below the value. */
    void fact(String label, String value, Ink ink) {
        entry(" " + Columns.pad(label, LABEL) + " ", Ink.DIM, value, ink);
    }

    /** As a fact, with a head of any width. */
    void entry(String head, Ink headInk, String value, Ink ink) {
        int indent = Columns.width(head);
        String before = head;
        for (String piece : wrap(Escaper.escape(value), columns - indent - 1)) {
            lines.add(Line.of(before, headInk, piece, ink));
            before = " ".repeat(indent);
        }
    }

    void text(String text, Ink ink) {
        for (String piece : wrap(Escaper.escape(text), columns - 2)) {
            lines.add(Line.of(" " + piece, ink));
        }
    }

    void add(List<Line> more) {
        lines.addAll(more);
    }

    /** At blanks where there are some, else wherever the room ends. */
    private static List<String> wrap(String text, int room) {
        int most = Math.max(LEAST, room);
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (Columns.width(rest) > most) {
            String piece = Columns.cut(rest, most);
            int blank = piece.lastIndexOf(' ');
            if (blank > most / 2) {
                pieces.add(piece.substring(0, blank));
                rest = rest.substring(blank + 1).stripLeading();
            } else {
                pieces.add(piece);
                rest = rest.substring(piece.length());
            }
        }
        pieces.add(rest);
        return pieces;
    }
}

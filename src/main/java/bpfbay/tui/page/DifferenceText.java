package bpfbay.tui.page;

import bpfbay.export.Columns;
import bpfbay.export.Escaper;
import bpfbay.history.Difference;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What differs between two moments, the ref first, then what was and what is. */
public final class DifferenceText {
    private static final int REF = 26;

    private DifferenceText() {}

    /** {@code 3 differences, 22:50:58Z → 22:51:07Z}. */
    public static String title(Snapshot before, Snapshot after, int count) {
        String many = count == 0 ? "no difference" : count == 1 ? "1 difference" : count + " differences";
        return many + ", " + moment(before, after) + " → " + moment(after, before);
    }

    /** Which sign stands for which moment, and what each of them is. */
    public static List<Line> legend(Snapshot before, String first, Snapshot after, String second, int columns) {
        String later = Units.age(Duration.between(before.takenAt(), after.takenAt())) + " later";
        String was = " - " + moment(before, after) + "  " + first;
        String is = " + " + moment(after, before) + "  " + second + ", " + later;
        return was.length() + 2 + is.length() < columns
                ? List.of(Line.of(was + "  ", Ink.GONE, is, Ink.NEW))
                : List.of(Line.of(was, Ink.GONE), Line.of(is, Ink.NEW));
    }

    /** With its day where the other is of another one. */
    private static String moment(Snapshot shown, Snapshot other) {
        Instant at = shown.takenAt();
        return Utc.isSameDay(at, other.takenAt()) ? Utc.time(at) : Units.full(at);
    }

    /** The ref and in what it differs; what was and what is follow, a line each and more where they are long. */
    public static List<Line> of(Difference difference, int columns) {
        String ref = Escaper.escape(difference.ref());
        String word = difference.word();
        List<Line> lines = new ArrayList<>();
        Paragraphs page = new Paragraphs(columns);
        if (3 + Columns.width(ref) + 2 + word.length() < columns) {
            lines.add(Line.of(
                    "   " + Columns.pad(ref, Math.min(REF, columns / 2)) + "  ", Ink.ACCENT, word, ink(difference)));
        } else {
            lines.add(Line.of("   " + ref, Ink.ACCENT));
            lines.add(Line.of("     " + word, ink(difference)));
        }
        told(difference, difference.gone()).forEach(line -> page.entry("     - ", Ink.GONE, line, Ink.TEXT));
        told(difference, difference.come()).forEach(line -> page.entry("     + ", Ink.NEW, line, Ink.TEXT));
        lines.addAll(page.lines());
        return lines;
    }

    /** What a filter finds it by. */
    public static List<String> said(Difference difference) {
        List<String> said = new ArrayList<>(List.of(difference.ref(), difference.scope(), difference.word()));
        said.addAll(difference.before());
        said.addAll(difference.after());
        return said;
    }

    /** A chain stands in one line, in running order. */
    private static List<String> told(Difference difference, List<String> lines) {
        if (difference.what() != Difference.What.ORDER) {
            return lines;
        }
        return List.of(IntStream.range(0, lines.size())
                .mapToObj(i -> (i + 1) + " " + lines.get(i))
                .collect(Collectors.joining("  ")));
    }

    private static Ink ink(Difference difference) {
        return difference.gone().isEmpty() ? Ink.NEW : difference.come().isEmpty() ? Ink.GONE : Ink.CHANGED;
    }
}

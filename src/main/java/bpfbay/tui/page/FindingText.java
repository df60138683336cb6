package bpfbay.tui.page;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.export.Columns;
import bpfbay.export.Escaper;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Findings, in a line and at length. */
public final class FindingText {
    private static final int SEVERITY = 8;
    private static final int REFS = 22;

    private FindingText() {}

    /** How bad it is, where, and what. */
    public static Line brief(Finding finding) {
        return new Line(List.of(
                new Line.Span(
                        "   " + Columns.pad(finding.severity().label(), SEVERITY) + "  ", ink(finding.severity())),
                new Line.Span(Columns.pad(Escaper.escape(where(finding)), REFS) + "  ", Ink.ACCENT),
                new Line.Span(Escaper.escape(finding.title()), Ink.TEXT)));
    }

    /** What a filter finds it by. */
    public static List<String> said(Finding finding) {
        List<String> said = new ArrayList<>(finding.refs());
        said.addAll(finding.evidence());
        said.addAll(List.of(finding.code().label(), finding.severity().label(), finding.title(), finding.suggest()));
        return said;
    }

    /** What could not be judged, by reason: one thing unseen may blind several rules. */
    public static List<Line> notJudged(Diagnosis diagnosis, int columns) {
        Map<String, List<String>> codes = new LinkedHashMap<>();
        for (NotEvaluated not : diagnosis.notEvaluated()) {
            codes.computeIfAbsent(not.why(), why -> new ArrayList<>())
                    .add(not.code().label());
        }
        Paragraphs page = new Paragraphs(columns);
        page.section("Not judged", "");
        codes.forEach((why, rules) -> {
            page.text(String.join(", ", new LinkedHashSet<>(rules)), Ink.TEXT);
            page.entry("   ", Ink.DIM, why, Ink.DIM);
        });
        return page.lines();
    }

    public static Ink ink(Severity severity) {
        return switch (severity) {
            case CRITICAL -> Ink.BAD;
            case WARNING -> Ink.WARN;
            case INFO -> Ink.DIM;
        };
    }

    private static String where(Finding finding) {
        int more = finding.refs().size() - 1;
        return finding.refs().isEmpty() ? "—" : finding.refs().get(0) + (more > 0 ? " +" + more : "");
    }

    /**
     * All of it.
     *
     * @param isFound whether it is still found
     */
    public static List<Line> of(Finding finding, boolean isFound, int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.text(finding.title(), ink(finding.severity()));
        if (!isFound) {
            page.text("It is not found any more.", Ink.DIM);
        }
        page.section(finding.code().label(), finding.severity().label());
        finding.evidence().forEach(line -> page.text(line, Ink.TEXT));
        page.section("What to do", "");
        page.text(finding.suggest(), Ink.ACCENT);
        if (!finding.refs().isEmpty()) {
            page.section("Where", finding.refs().size() > 1 ? finding.refs().size() + " places" : "Enter goes there");
            finding.refs().forEach(ref -> page.text(ref, Ink.ACCENT));
        }
        return page.lines();
    }
}

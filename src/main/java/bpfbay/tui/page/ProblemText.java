package bpfbay.tui.page;

import bpfbay.model.Problem;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.List;

/** What could not be seen, and why. */
public final class ProblemText {
    private ProblemText() {}

    public static List<Line> of(Snapshot snapshot, int columns) {
        Paragraphs page = new Paragraphs(columns);
        boolean isOwnershipKnown = snapshot.index().ownership().found().isPresent();
        if (snapshot.problems().isEmpty() && isOwnershipKnown) {
            page.text("Everything that was asked for was seen.", Ink.TEXT);
        }
        if (!isOwnershipKnown) {
            page.text("owners: " + snapshot.index().ownership().reason(), Ink.WARN);
        }
        for (Problem problem : snapshot.problems()) {
            page.section(
                    problem.object(), problem.operation() + (problem.errno() == 0 ? "" : ", errno " + problem.errno()));
            page.text(problem.hint(), Ink.TEXT);
        }
        snapshot.index().ownership().found().map(ProblemText::scan).ifPresent(how -> {
            page.section("owners", "");
            page.text(how, Ink.DIM);
        });
        return page.lines();
    }

    private static String scan(Relations.Scan scan) {
        return switch (scan) {
            case TASK_FILE_ITERATOR -> "found by the task_file iterator";
            case PROC_FDINFO -> "found by /proc/*/fdinfo";
        };
    }
}

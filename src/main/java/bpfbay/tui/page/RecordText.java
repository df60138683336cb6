package bpfbay.tui.page;

import bpfbay.export.Countdown;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Instant;
import java.util.List;

/** Everything that the journal tells of one swap. */
public final class RecordText {
    private RecordText() {}

    public static List<Line> of(SwapRecord record, Instant now, int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.fact("stands", record.standing().label(), SwapLines.ink(record.standing()));
        SwapLines.left(record, now)
                .ifPresent(
                        left -> page.fact("reverts", "in " + Countdown.of(left) + " unless confirmed (c)", Ink.WARN));
        if (!record.detail().isEmpty()) {
            page.fact("why", record.detail(), Ink.TEXT);
        }
        page.fact("begun", Units.full(record.begun()), Ink.TEXT);
        page.fact("last step", record.last().label() + " at " + Units.full(record.changed()), Ink.TEXT);
        page.fact(
                "by",
                record.by().user() + ", " + record.by().comm() + " "
                        + record.by().pid(),
                Ink.TEXT);
        record.guardPid().ifPresent(pid -> page.fact("guard process", Integer.toString(pid), Ink.TEXT));
        page.fact("swap id", record.id(), Ink.TEXT);
        page.fact("boot", record.bootId(), Ink.DIM);
        for (SwapRecord.Member member : record.members()) {
            page.section(member.ref(), member.primitive());
            member.from().ifPresent(from -> page.fact("from", from.label() + "  " + from.tag(), Ink.TEXT));
            member.to().ifPresent(to -> page.fact("to", to.label() + "  " + to.tag(), Ink.TEXT));
            member.linkId().ifPresent(link -> page.fact("link", Units.unsigned(link), Ink.TEXT));
        }
        page.section("The same by command", "");
        if (record.standing() == SwapRecord.Standing.PENDING) {
            page.text("bpfbay confirm " + record.id(), Ink.ACCENT);
        }
        if (record.isRevertible()) {
            page.text("bpfbay revert " + record.id(), Ink.ACCENT);
        }
        page.text("bpfbay swaps", Ink.ACCENT);
        return page.lines();
    }
}

package bpfbay.tui.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Snapshot;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Line.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OutcomeTextTest {
    private static final Snapshot EDGE = Snapshots.edge();

    @Test
    void runs_that_were_counted_before_the_swap_are_not_shown_as_its_traffic() {
        Instant counted = EDGE.activity().at().orElseThrow();
        String before = page(counted.plusSeconds(1));
        assertTrue(before.contains("runs were not counted since"), before);
        assertFalse(before.contains("prog:3815 runs"), before);
        String after = page(counted.minusSeconds(60));
        assertTrue(after.contains("prog:3815 runs"), after);
    }

    private static String page(Instant swapped) {
        ProgramMark mark = new ProgramMark(3815, "xdp_fw", "9af1c02e00000000");
        SwapOutcome outcome = new SwapOutcome.Swapped(new SwapOutcome.Summary(
                "20261121-114517-3f",
                List.of(new SwapOutcome.Place(
                        "eth0/xdp",
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.of(mark),
                        "eth0/xdp: xdp_fw #3815")),
                List.of(),
                List.of()));
        SwapRecord record = new SwapRecord(
                "20261121-114517-3f",
                "boot",
                swapped,
                swapped,
                JournalEvent.VERIFIED,
                new JournalEntry.By(1, "bpfbay", "root"),
                List.of(),
                SwapRecord.Standing.SWAPPED,
                Optional.empty(),
                OptionalInt.empty(),
                "");
        return OutcomeText.of(outcome, Optional.of(record), Optional.of(EDGE), SnapshotBuilder.TAKEN_AT, 80).stream()
                .map(line -> line.spans().stream().map(Span::text).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}

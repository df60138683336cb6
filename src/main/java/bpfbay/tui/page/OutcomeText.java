package bpfbay.tui.page;

import bpfbay.export.Columns;
import bpfbay.export.Countdown;
import bpfbay.model.Activity;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import bpfbay.swap.GuardResult;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Progress;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of a swap, and while it is done how far it has come. */
public final class OutcomeText {
    private static final int HEAD = 10;
    private static final int BAR = 30;

    private OutcomeText() {}

    public static List<Line> awaited(Optional<Progress.Step> step) {
        return step.map(OutcomeText::progress).orElseGet(() -> List.of(Line.of(" begun", Ink.TEXT)));
    }

    private static List<Line> progress(Progress.Step step) {
        int members = Math.max(1, step.members());
        int filled = Math.min(BAR, step.done() * BAR / members);
        String bar = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "]";
        return List.of(
                Line.of(
                        " " + Columns.pad(words(step.stage()), 14),
                        Ink.TITLE,
                        bar + " " + step.done() + " of " + step.members(),
                        Ink.TEXT),
                Line.of(" " + step.words(), Ink.DIM));
    }

    private static String words(Progress.Stage stage) {
        return switch (stage) {
            case COMMITTING -> "swapping";
            case VERIFYING -> "verifying";
            case SOAKING -> "watching";
            case ROLLING_BACK -> "rolling back";
            case DONE -> "done";
        };
    }

    /**
     * The outcome as it stands by now.
     *
     * @param record what the journal says since
     */
    public static List<Line> of(
            SwapOutcome outcome, Optional<SwapRecord> record, Optional<Snapshot> snapshot, Instant now, int columns) {
        Paragraphs page = new Paragraphs(columns);
        SwapOutcome.Summary summary = outcome.summary();
        if (summary.places().isEmpty()) {
            entry(page, outcome.word(), ink(outcome), "", Ink.TEXT);
        }
        String head = outcome.word();
        for (SwapOutcome.Place place : summary.places()) {
            String change = outcome instanceof SwapOutcome.Reverted
                    ? SwapLines.change(place.to(), place.from())
                    : SwapLines.change(place.from(), place.to());
            entry(page, head, ink(outcome), place.ref() + "  " + change, Ink.TEXT);
            head = "";
        }
        if (!outcome.why().isEmpty()) {
            entry(page, "why", Ink.DIM, outcome.why(), Ink.TEXT);
        }
        stands(outcome, record, now, page);
        summary.places().stream()
                .map(SwapOutcome.Place::state)
                .filter(state -> !state.isEmpty())
                .forEach(state -> entry(page, "state", Ink.DIM, state, Ink.TEXT));
        snapshot.ifPresent(s -> rates(outcome, record, s, page));
        summary.notes().forEach(note -> entry(page, "note", Ink.WARN, note, Ink.TEXT));
        for (GuardResult guard : summary.guards()) {
            if (guard.isFailed()) {
                guard.evidence()
                        .forEach(line ->
                                entry(page, "fail", Ink.BAD, guard.name().label() + "  " + line, Ink.TEXT));
            }
        }
        entry(page, "swap id", Ink.DIM, summary.id(), Ink.DIM);
        return page.lines();
    }

    private static void entry(Paragraphs page, String head, Ink headInk, String value, Ink ink) {
        page.entry(" " + Columns.pad(head, HEAD), headInk, value, ink);
    }

    private static Ink ink(SwapOutcome outcome) {
        if (outcome instanceof SwapOutcome.Failed || outcome instanceof SwapOutcome.Refused) {
            return Ink.BAD;
        }
        return outcome instanceof SwapOutcome.Stale || outcome instanceof SwapOutcome.Pending ? Ink.WARN : Ink.TITLE;
    }

    /** A pending one counts down; what became of it meanwhile is what counts. */
    private static void stands(SwapOutcome outcome, Optional<SwapRecord> record, Instant now, Paragraphs page) {
        if (!(outcome instanceof SwapOutcome.Pending pending)) {
            return;
        }
        if (record.isPresent() && record.get().standing() != SwapRecord.Standing.PENDING) {
            String since = record.get().standing().label() + " at "
                    + Utc.time(record.get().changed());
            entry(page, "by now", Ink.WARN, since + "  " + record.get().detail(), Ink.WARN);
            return;
        }
        String left = Countdown.of(SwapLines.left(pending.confirmBy(), now));
        entry(page, "reverts", Ink.WARN, "in " + left + " unless confirmed (c)", Ink.WARN);
    }

    /** What was counted before the swap says nothing of it. */
    private static void rates(SwapOutcome outcome, Optional<SwapRecord> record, Snapshot snapshot, Paragraphs page) {
        Activity activity = snapshot.activity();
        Optional<Instant> from =
                activity.at().map(at -> at.minus(activity.window().orElse(Duration.ZERO)));
        boolean isSince = from.isPresent()
                && record.map(SwapRecord::changed).filter(from.get()::isBefore).isEmpty();
        if (!isSince) {
            entry(page, "traffic", Ink.DIM, "runs were not counted since", Ink.DIM);
            return;
        }
        outcome.summary().places().stream()
                .flatMap(place -> (outcome instanceof SwapOutcome.Reverted ? place.from() : place.to()).stream())
                .map(ProgramMark::progId)
                .distinct()
                .flatMap(id -> Optional.ofNullable(snapshot.activity().rates().get(id)).stream()
                        .map(rate -> ObjectId.prog(id) + " runs " + Units.rate(rate.runsPerSecond())))
                .forEach(line -> entry(page, "traffic", Ink.DIM, line, Ink.TEXT));
    }
}

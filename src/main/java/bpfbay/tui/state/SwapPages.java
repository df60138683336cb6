package bpfbay.tui.state;

import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.OutcomeText;
import bpfbay.tui.page.PlanText;
import bpfbay.tui.page.RecordText;
import java.util.List;
import java.util.Optional;

/** The lines of the pages around a swap. */
final class SwapPages {
    private SwapPages() {}

    /** Empty for a page of another kind. */
    static Optional<List<Line>> lines(State state) {
        Page page = state.desk().page();
        int columns = state.looks().columns();
        if (page instanceof Page.Planning planning) {
            return Optional.of(planning.plan()
                    .map(plan -> PlanText.of(plan, state.world().live().snapshot(), columns))
                    .orElseGet(() -> PlanText.awaited(planning.request(), columns)));
        } else if (page instanceof Page.Unplanned unplanned) {
            return Optional.of(PlanText.none(unplanned.why(), columns));
        } else if (page instanceof Page.Working working) {
            return Optional.of(OutcomeText.awaited(working.step()));
        } else if (page instanceof Page.Outcome outcome) {
            Optional<SwapRecord> record =
                    state.swaps().record(outcome.outcome().summary().id());
            return Optional.of(OutcomeText.of(
                    outcome.outcome(),
                    record,
                    state.world().live().snapshot(),
                    state.world().now(),
                    columns));
        } else if (page instanceof Page.Swapped swapped) {
            return Optional.of(state.swaps()
                    .record(swapped.id())
                    .map(record -> RecordText.of(record, state.world().now(), columns))
                    .orElseGet(() -> List.of(Line.of(" The journal does not tell of it any more.", Ink.TEXT))));
        }
        return Optional.empty();
    }
}

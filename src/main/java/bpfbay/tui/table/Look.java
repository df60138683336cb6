package bpfbay.tui.table;

import bpfbay.history.Aspect;
import bpfbay.history.Recent;
import bpfbay.history.Sight;
import bpfbay.model.Attachment;
import bpfbay.model.Program;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import java.util.Optional;

/** A row with everything around it that a cell may speak of. Made for the rows that are drawn. */
public record Look(Row.Item row, Sight sight, Snapshot snapshot, Optional<Recent.Mark> mark) {
    public static Look at(Row.Item row, Snapshot snapshot, Recent recent) {
        Sight sight = row.stone().map(Recent.Tombstone::last).orElseGet(() -> Sight.of(snapshot, row.thing()));
        return new Look(row, sight, snapshot, Optional.ofNullable(recent.marks().get(row.identity())));
    }

    public Optional<Attachment> attachment() {
        return row.thing() instanceof bpfbay.history.Thing.Attached attached
                ? Optional.of(attached.attachment())
                : Optional.empty();
    }

    public Optional<Program> program() {
        return sight.program();
    }

    public Optional<RunRate> rate() {
        return row.isGone()
                ? Optional.empty()
                : sight.program().map(program -> snapshot.activity().rates().get(program.id()));
    }

    public boolean isChanged(Aspect aspect) {
        return mark.isPresent() && mark.get().isOf(aspect);
    }
}

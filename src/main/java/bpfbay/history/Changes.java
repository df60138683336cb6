package bpfbay.history;

import bpfbay.model.Snapshot;
import java.util.List;

/**
 * Two pictures and what differs between them, worked out once.
 *
 * @param delta what makes the later of the earlier
 */
public record Changes(Snapshot before, Snapshot after, Delta delta, List<Change> changes) {
    public Changes {
        changes = List.copyOf(changes);
    }

    public static Changes between(Snapshot before, Snapshot after) {
        Delta delta = Delta.between(before, after);
        return new Changes(before, after, delta, Diff.between(before, after, delta));
    }

    /** Places first, in running order, then programs and pins; without authors. */
    public List<Occurrence> occurrences() {
        return changes.isEmpty() ? List.of() : Occurrences.of(changes, before, after);
    }
}

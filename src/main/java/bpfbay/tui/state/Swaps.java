package bpfbay.tui.state;

import bpfbay.swap.SwapRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the journal tells of swaps, whoever began them.
 *
 * @param whyNone why nothing can be swapped from here, as far as that came out
 * @param records the newest first
 */
public record Swaps(Optional<String> whyNone, List<SwapRecord> records) {
    public static final Swaps NOT_ASKED = new Swaps(Optional.empty(), List.of());

    public Swaps {
        records = List.copyOf(records);
    }

    /** Those that undo themselves unless somebody confirms, the soonest first. */
    public List<SwapRecord> pending() {
        List<SwapRecord> pending = new ArrayList<>();
        for (SwapRecord record : records) {
            if (record.standing() == SwapRecord.Standing.PENDING) {
                pending.add(record);
            }
        }
        pending.sort((a, b) -> end(a).compareTo(end(b)));
        return pending;
    }

    private static Instant end(SwapRecord record) {
        return record.confirmBy().orElse(Instant.MAX);
    }

    public Optional<SwapRecord> record(String id) {
        return records.stream().filter(record -> record.id().equals(id)).findFirst();
    }

    /** The newest one whose way back still leads somewhere: programs end with the boot. */
    Optional<SwapRecord> undoable(String bootId) {
        return records.stream()
                .filter(record -> record.isRevertible() && record.bootId().equals(bootId))
                .findFirst();
    }

    Swaps with(List<SwapRecord> other) {
        return new Swaps(whyNone, other);
    }

    Swaps without(String why) {
        return new Swaps(Optional.of(why), records);
    }
}

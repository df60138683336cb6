package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A swap of the past or the present, as the journal tells it.
 *
 * @param begun when it was planned
 * @param confirmBy while its guard process waits
 * @param standing whether it is of this boot, waits, and can be undone
 * @param guardPid of the process that will undo it
 */
public record SwapRecord(
        String id,
        String bootId,
        Instant begun,
        Instant changed,
        JournalEvent last,
        JournalEntry.By by,
        List<Member> members,
        Standing standing,
        Optional<Instant> confirmBy,
        OptionalInt guardPid,
        String detail) {
    public SwapRecord {
        requireNonNull(id, "id");
        requireNonNull(bootId, "bootId");
        requireNonNull(begun, "begun");
        requireNonNull(changed, "changed");
        requireNonNull(last, "last");
        requireNonNull(by, "by");
        members = List.copyOf(members);
        requireNonNull(standing, "standing");
        requireNonNull(confirmBy, "confirmBy");
        requireNonNull(guardPid, "guardPid");
        requireNonNull(detail, "detail");
    }

    /**
     * One place of it.
     *
     * @param anchor absent where the line that held it cannot be read
     */
    public record Member(
            int index,
            String ref,
            String primitive,
            Optional<JournalEntry.Anchor> anchor,
            OptionalInt linkId,
            Optional<ProgramMark> from,
            Optional<ProgramMark> to,
            JournalEvent last) {}

    /** Where a swap stands, in the order of how much it wants the operator's eye. */
    public enum Standing {
        /** A guard process waits for the word. */
        PENDING("pending"),
        /** It began, nobody has ended it, and nobody is at work on it: for {@code recover}. */
        UNFINISHED("unfinished"),
        /** Somebody is at work on it. */
        UNDER_WAY("under way"),
        SWAPPED("swapped"),
        CONFIRMED("confirmed"),
        REVERTED("reverted"),
        STALE("stale"),
        FAILED("failed"),
        /** Planned, and never begun. */
        ABANDONED("abandoned");

        private final String label;

        Standing(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Whether {@code revert} may still find the way back, were it of this boot. */
    public boolean isRevertible() {
        return switch (standing) {
            case PENDING, UNFINISHED, SWAPPED, CONFIRMED, FAILED -> true;
            case UNDER_WAY, REVERTED, STALE, ABANDONED -> false;
        };
    }
}

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.SwapPlace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the journal.
 *
 * @param member which place of the swap; absent where the line is of all of them
 * @param anchor in the line that says it was planned, so that a recovery can act
 * @param detail why, in words; empty where the event says it all
 */
public record JournalEntry(
        String bootId,
        Instant at,
        String swap,
        JournalEvent event,
        OptionalInt member,
        String ref,
        String primitive,
        Optional<ProgramMark> from,
        Optional<ProgramMark> to,
        OptionalInt linkId,
        By by,
        Optional<Anchor> anchor,
        String detail) {
    public JournalEntry {
        requireNonNull(bootId, "bootId");
        requireNonNull(at, "at");
        requireNonNull(swap, "swap");
        requireNonNull(event, "event");
        requireNonNull(member, "member");
        requireNonNull(ref, "ref");
        requireNonNull(primitive, "primitive");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(linkId, "linkId");
        requireNonNull(by, "by");
        requireNonNull(anchor, "anchor");
        requireNonNull(detail, "detail");
    }

    /**
     * Where exactly it is done.
     *
     * @param hook what the lock is of
     * @param pins of the old program that are to name the new one once it stays
     */
    public record Anchor(SwapPlace place, String hook, List<String> pins) {
        public Anchor {
            requireNonNull(place, "place");
            requireNonNull(hook, "hook");
            pins = List.copyOf(pins);
        }
    }

    /** Who did it. */
    public record By(int pid, String comm, String user) {
        public By {
            requireNonNull(comm, "comm");
            requireNonNull(user, "user");
        }
    }
}

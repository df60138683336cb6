package bpfbay.swap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the steps of one swap into the journal. */
final class Chronicle {
    private final Ground ground;
    private final String bootId;
    private final String swap;

    Chronicle(Ground ground, String bootId, String swap) {
        this.ground = ground;
        this.bootId = bootId;
        this.swap = swap;
    }

    /** One member as every line names it. */
    record Subject(
            int index,
            String ref,
            String primitive,
            Optional<JournalEntry.Anchor> anchor,
            OptionalInt linkId,
            Optional<ProgramMark> from,
            Optional<ProgramMark> to) {}

    /** One line a member, all of them on disk when this returns; false where there is no place for them. */
    boolean note(JournalEvent event, List<Subject> subjects, String detail) {
        return ground.journal().append(lines(event, subjects, detail));
    }

    /** Verified, and pending from that moment on: a crash must not find the one without the other. */
    void pending(List<Subject> subjects, Instant until) {
        List<JournalEntry> lines = new ArrayList<>(lines(JournalEvent.VERIFIED, subjects, ""));
        lines.addAll(lines(JournalEvent.PENDING, subjects, "until " + until));
        ground.journal().append(lines);
    }

    private List<JournalEntry> lines(JournalEvent event, List<Subject> subjects, String detail) {
        Instant now = ground.clock().instant();
        return subjects.stream()
                .map(subject -> entry(event, subject, now, detail))
                .toList();
    }

    private JournalEntry entry(JournalEvent event, Subject subject, Instant now, String detail) {
        return new JournalEntry(
                bootId,
                now,
                swap,
                event,
                OptionalInt.of(subject.index()),
                subject.ref(),
                subject.primitive(),
                subject.from(),
                subject.to(),
                subject.linkId(),
                ground.by(),
                event == JournalEvent.PLANNED ? subject.anchor() : Optional.empty(),
                detail);
    }
}

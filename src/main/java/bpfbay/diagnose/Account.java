package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import bpfbay.history.Occurrence;
import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A picture with what led to it and what is to be said of it.
 *
 * @param recent what changed a short while ago, and what is gone since then
 * @param timeline what happened since the first picture that was compared, oldest first; of very much the
 *     latest part
 * @param since of that first picture; absent where this is the first one
 */
public record Account(
        Snapshot snapshot, Recent recent, List<Occurrence> timeline, Optional<Instant> since, Diagnosis diagnosis) {
    public Account {
        requireNonNull(snapshot, "snapshot");
        requireNonNull(recent, "recent");
        timeline = List.copyOf(timeline);
        requireNonNull(since, "since");
        requireNonNull(diagnosis, "diagnosis");
    }
}

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
 * @param news what this picture shows for the first time
 * @param since of that first picture; absent where this is the first one
 * @param diagnosis absent of the first picture, which is made in a hurry
 */
public record Account(
        Snapshot snapshot,
        Recent recent,
        List<Occurrence> timeline,
        List<Occurrence> news,
        Optional<Instant> since,
        Optional<Diagnosis> diagnosis) {
    public Account {
        requireNonNull(snapshot, "snapshot");
        requireNonNull(recent, "recent");
        timeline = List.copyOf(timeline);
        news = List.copyOf(news);
        requireNonNull(since, "since");
        requireNonNull(diagnosis, "diagnosis");
    }
}

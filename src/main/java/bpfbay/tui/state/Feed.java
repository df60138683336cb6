package bpfbay.tui.state;

import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What comes from the kernel.
 *
 * @param recent what changed a short while ago
 * @param pace the interval at which pictures come
 * @param failure since the last picture
 * @param looks how many pictures there were
 */
public record Feed(Optional<Snapshot> snapshot, Recent recent, Duration pace, Optional<Failure> failure, int looks) {
    public static final Feed NOTHING =
            new Feed(Optional.empty(), Recent.NOTHING, Duration.ofSeconds(1), Optional.empty(), 0);

    /** Polls that failed in a row. */
    public record Failure(String why, int times, Instant at) {}

    /**
     * A new picture. The second look at a host sees more than the first, which is made in a hurry, so that
     * changes count from then on.
     */
    Feed with(Snapshot next, Duration newPace) {
        Recent remembered = snapshot.filter(before -> looks > 1)
                .map(before -> recent.after(before, next))
                .orElse(recent);
        return new Feed(Optional.of(next), remembered, newPace, Optional.empty(), looks + 1);
    }

    Feed failed(String why, Instant at) {
        return new Feed(
                snapshot,
                recent,
                pace,
                Optional.of(new Failure(why, failure.map(Failure::times).orElse(0) + 1, at)),
                looks);
    }
}

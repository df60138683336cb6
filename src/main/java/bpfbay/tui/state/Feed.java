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
 */
public record Feed(Optional<Snapshot> snapshot, Recent recent, Duration pace, Optional<Failure> failure) {
    public static final Feed NOTHING =
            new Feed(Optional.empty(), Recent.NOTHING, Duration.ofSeconds(1), Optional.empty());

    /** Polls that failed in a row. */
    public record Failure(String why, int times, Instant at) {}

    Feed with(Snapshot next, Duration newPace) {
        Recent remembered = snapshot.map(before -> recent.after(before, next)).orElse(recent);
        return new Feed(Optional.of(next), remembered, newPace, Optional.empty());
    }

    Feed failed(String why, Instant at) {
        return new Feed(
                snapshot,
                recent,
                pace,
                Optional.of(new Failure(why, failure.map(Failure::times).orElse(0) + 1, at)));
    }
}

package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import bpfbay.history.Occurrence;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules look at.
 *
 * @param now the picture; its activity holds the counts of the last window in which the kernel counted
 * @param past what happened since the first picture, oldest first; what one's own swaps did says so by
 *     its author
 * @param since of the first picture that was compared; absent where there is no history
 * @param holdDown what is younger may be an agent still at work, and is not reported yet
 * @param declared what should run; absent where nobody said it
 */
public record Scene(
        Snapshot now, List<Occurrence> past, Optional<Instant> since, Duration holdDown, Optional<Manifest> declared) {
    public Scene {
        requireNonNull(now, "now");
        past = List.copyOf(past);
        requireNonNull(since, "since");
        requireNonNull(holdDown, "holdDown");
        requireNonNull(declared, "declared");
    }

    public Scene(Snapshot now, List<Occurrence> past, Optional<Instant> since, Duration holdDown) {
        this(now, past, since, holdDown, Optional.empty());
    }

    /** Whether it is too young to be judged. */
    public boolean isYoung(Instant moment) {
        return moment.isAfter(now.takenAt().minus(holdDown));
    }

    /** Whether what was said of this one may hold of that too: words of times leave out the day while it is today. */
    boolean isContinuedBy(Scene later) {
        return holdDown.equals(later.holdDown)
                && !later.now.takenAt().isBefore(now.takenAt())
                && Utc.isSameDay(now.takenAt(), later.now.takenAt());
    }
}

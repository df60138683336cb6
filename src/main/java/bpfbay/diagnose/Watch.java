package bpfbay.diagnose;

import bpfbay.history.Changes;
import bpfbay.history.Occurrence;
import bpfbay.history.Recent;
import bpfbay.history.Recording;
import bpfbay.history.Ring;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps up with a host: takes its pictures as they come and says of each what happened and what is wrong.
 * The same pictures give the same accounts, live or from a file. One thread.
 */
public final class Watch {
    /** How young a thing is not judged yet, unless one says otherwise. */
    public static final Duration HOLD_DOWN = Duration.ofSeconds(10);

    private static final int MOST_TOLD = 2000;

    /** Whether the pictures of the last hour are kept, to step back to. */
    public enum Memory {
        NONE,
        HOUR
    }

    private final Diagnostician rules;
    private final Duration holdDown;
    private final Duration marked;
    private final Memory memory;
    private int looks;
    private Recent recent = Recent.NOTHING;
    private List<Occurrence> timeline = List.of();
    private Optional<Snapshot> last = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private volatile Optional<Ring> ring = Optional.empty();

    /** @param marked how long a change stays marked */
    public Watch(Duration holdDown, Duration marked, Memory memory) {
        this.rules = new Diagnostician();
        this.holdDown = holdDown;
        this.marked = marked;
        this.memory = memory;
    }

    /**
     * The account of one more picture. The first look at a host is made in a hurry and the second sees more,
     * so that changes count from the second on.
     */
    public Account after(Snapshot now) {
        if (looks > 1) {
            Changes changes = Changes.between(last.orElseThrow(), now);
            recent = recent.after(changes, marked);
            tell(changes.occurrences());
        } else {
            since = Optional.of(now.takenAt());
        }
        if (memory == Memory.HOUR) {
            ring = Optional.of(
                    ring.map(kept -> kept.after(last.orElseThrow(), now)).orElseGet(() -> Ring.of(now)));
        }
        looks++;
        last = Optional.of(now);
        return new Account(now, recent, timeline, since, rules.judge(new Scene(now, timeline, since, holdDown)));
    }

    /** What can be stepped back to; any thread. Empty before the first picture, or where nothing is kept. */
    public Optional<Recording> recording() {
        return ring.map(kept -> kept);
    }

    private void tell(List<Occurrence> more) {
        if (more.isEmpty()) {
            return;
        }
        List<Occurrence> told = new ArrayList<>(timeline);
        told.addAll(more);
        timeline = List.copyOf(told.subList(Math.max(0, told.size() - MOST_TOLD), told.size()));
    }
}

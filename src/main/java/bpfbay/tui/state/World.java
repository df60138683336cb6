package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the host.
 *
 * @param frozen what is shown instead of the live feed while it is paused
 * @param position where in the last hour or in a recording the picture is, once one went there
 * @param mark the moment that others are compared with
 * @param fetched what was asked about objects of the open page, as lines
 */
public record World(
        Feed live,
        Optional<Frozen> frozen,
        Optional<Position> position,
        Optional<Snapshot> mark,
        Instant now,
        Sampling sampling,
        Conduct conduct,
        Map<ObjectId, List<Line>> fetched) {
    /** How much bpfbay may do to the host. */
    public enum Conduct {
        FREE,
        /** It replaces no program. */
        READ_ONLY,
        /** It switches nothing on and writes nothing. */
        PASSIVE,
        /** There is no host: the pictures come from a recording. */
        REPLAY
    }

    /** A pause. */
    public record Frozen(Feed feed, Instant since) {}

    /** What is on the screen. */
    public Feed shown() {
        return frozen.map(Frozen::feed).orElse(live);
    }

    /** How old the picture on the screen is. */
    public Duration age() {
        return shown().snapshot()
                .map(snapshot -> Duration.between(snapshot.takenAt(), now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    World withLive(Feed feed) {
        return new World(feed, frozen, position, mark, now, sampling, conduct, fetched);
    }

    World at(Instant time) {
        return new World(live, frozen, position, mark, time, sampling, conduct, fetched);
    }

    World paused() {
        return new World(
                live, Optional.of(new Frozen(live, now)), Optional.empty(), mark, now, sampling, conduct, fetched);
    }

    World resumed() {
        return new World(live, Optional.empty(), Optional.empty(), mark, now, sampling, conduct, fetched);
    }

    /** In the pause, another picture. */
    World holding(Account account) {
        Optional<Frozen> other =
                frozen.map(held -> new Frozen(Feed.with(account, held.feed().pace()), held.since()));
        return new World(live, other, position, mark, now, sampling, conduct, fetched);
    }

    World standing(Position other) {
        return new World(live, frozen, Optional.of(other), mark, now, sampling, conduct, fetched);
    }

    /** Whether one may go to and fro in time. */
    public boolean isTimeFree() {
        return frozen.isPresent() || conduct == Conduct.REPLAY;
    }

    World counting(Sampling mode) {
        return new World(live, frozen, position, mark, now, mode, conduct, fetched);
    }

    World marking(Optional<Snapshot> moment) {
        return new World(live, frozen, position, moment, now, sampling, conduct, fetched);
    }

    World withFetched(ObjectId object, List<Line> lines) {
        Map<ObjectId, List<Line>> more = new HashMap<>(fetched);
        more.put(object, List.copyOf(lines));
        return new World(live, frozen, position, mark, now, sampling, conduct, Map.copyOf(more));
    }

    World forgetFetched() {
        return fetched.isEmpty() ? this : new World(live, frozen, position, mark, now, sampling, conduct, Map.of());
    }
}

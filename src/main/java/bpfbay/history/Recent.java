package bpfbay.history;

import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changed a short while ago, kept so that it can still be seen.
 *
 * @param marks of things that are there
 * @param tombstones of things that are gone, in the order in which they went
 */
public record Recent(Map<Identity, Mark> marks, Map<Identity, Tombstone> tombstones) {
    /** How long a change stays marked. */
    public static final Duration MARKED = Duration.ofSeconds(30);

    /** How long a vanished thing is remembered. */
    public static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** Of a kind: a host that sheds thousands of links at once keeps the latest of them. */
    private static final int MOST_TOMBSTONES = 100;

    public static final Recent NOTHING = new Recent(Map.of(), Map.of());

    /**
     * A change of something that is there.
     *
     * @param change the latest one
     * @param at when it was first seen
     */
    public record Mark(Change change, Instant at) {
        /** Whether the cell of this aspect shows something new. */
        public boolean isOf(Aspect aspect) {
            return change instanceof Change.Altered altered && altered.aspects().contains(aspect);
        }

        public boolean isNew() {
            return change instanceof Change.Appeared;
        }

        /** As it was, where it was there. */
        public Optional<Sight> before() {
            return change instanceof Change.Altered altered ? Optional.of(altered.before()) : Optional.empty();
        }
    }

    /**
     * Something that is gone.
     *
     * @param last as it was last seen
     * @param lastSeen the last snapshot that had it
     * @param goneAt the first one that had not
     */
    public record Tombstone(Sight last, Instant lastSeen, Instant goneAt) {}

    /** As below, with marks for as long as usual. */
    public Recent after(Snapshot before, Snapshot now) {
        return after(Changes.between(before, now), MARKED);
    }

    /**
     * The memory after one more snapshot; itself where nothing changed and nothing is forgotten.
     *
     * @param marked how long a change stays marked
     */
    public Recent after(Changes seen, Duration marked) {
        List<Change> changes = seen.changes();
        Snapshot before = seen.before();
        Snapshot now = seen.after();
        Instant markedSince = now.takenAt().minus(marked);
        Instant rememberedSince = now.takenAt().minus(REMEMBERED);
        if (changes.isEmpty()
                && marks.values().stream().noneMatch(mark -> mark.at().isBefore(markedSince))
                && tombstones.values().stream().noneMatch(t -> t.goneAt().isBefore(rememberedSince))) {
            return this;
        }
        Map<Identity, Mark> newMarks = new LinkedHashMap<>(marks);
        Map<Identity, Tombstone> stones = new LinkedHashMap<>(tombstones);
        newMarks.values().removeIf(mark -> mark.at().isBefore(markedSince));
        stones.values().removeIf(stone -> stone.goneAt().isBefore(rememberedSince));
        for (Change change : changes) {
            if (change instanceof Change.Vanished gone) {
                newMarks.remove(change.identity());
                stones.remove(change.identity());
                stones.put(change.identity(), new Tombstone(gone.before(), before.takenAt(), now.takenAt()));
            } else {
                stones.remove(change.identity());
                newMarks.put(change.identity(), new Mark(change, now.takenAt()));
            }
        }
        forgetOldest(stones);
        return new Recent(newMarks, stones);
    }

    /** Of each kind apart: what was attached is not forgotten for the maps that went with it. */
    private static void forgetOldest(Map<Identity, Tombstone> stones) {
        if (stones.size() <= MOST_TOMBSTONES) {
            return;
        }
        Map<Class<?>, Integer> left = new HashMap<>();
        stones.values().forEach(stone -> left.merge(kind(stone), 1, Integer::sum));
        stones.values().removeIf(stone -> left.merge(kind(stone), -1, Integer::sum) >= MOST_TOMBSTONES);
    }

    private static Class<?> kind(Tombstone stone) {
        return stone.last().thing().getClass();
    }

    public Recent {
        marks = Map.copyOf(marks);
        tombstones = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tombstones));
    }
}

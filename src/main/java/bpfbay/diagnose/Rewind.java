package bpfbay.diagnose;

import bpfbay.history.Recording;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Goes to and fro in a recording: the account of any of its pictures, the same as it was when it was taken.
 * One thread; the further it goes for the first time, the longer it takes.
 */
public final class Rewind {
    /* How far from a remembered place any picture is. */
    private static final int STEP = 60;

    private final Recording recording;
    private final Duration holdDown;
    private final Duration marked;

    /** What a watch knew after the picture of that number. */
    private final TreeMap<Integer, Watch.State> known = new TreeMap<>();

    public Rewind(Recording recording, Duration holdDown, Duration marked) {
        this.recording = recording;
        this.holdDown = holdDown;
        this.marked = marked;
    }

    public Recording recording() {
        return recording;
    }

    /** The account of the picture of that number, from 0. */
    public Account at(int index) {
        return walked(index).watch.account();
    }

    /** The first later picture that shows something new. */
    public OptionalInt changeAfter(int index) {
        Walk walk = walked(index);
        while (walk.hasNext()) {
            if (walk.step()) {
                return OptionalInt.of(walk.at());
            }
        }
        return OptionalInt.empty();
    }

    /** The last earlier picture that showed something new. */
    public OptionalInt changeBefore(int index) {
        int end = index;
        while (end > 0) {
            Walk walk = new Walk(end - 1, Place.BEFORE);
            int first = walk.at();
            int found = -1;
            while (walk.at() < end - 1) {
                if (walk.step()) {
                    found = walk.at();
                }
            }
            if (found >= 0) {
                return OptionalInt.of(found);
            }
            end = first + 1;
        }
        return OptionalInt.empty();
    }

    /** The first later picture with a warning, or worse, that stands in no account from here to there. */
    public OptionalInt findingAfter(int index) {
        Walk walk = walked(index);
        Set<List<Object>> before = walk.at() < 0 ? Set.of() : bad(walk.watch.account());
        while (walk.hasNext()) {
            walk.step();
            Set<List<Object>> now = bad(walk.watch.account());
            if (!before.containsAll(now)) {
                return OptionalInt.of(walk.at());
            }
            before = now;
        }
        return OptionalInt.empty();
    }

    /** The last earlier picture in which a warning, or worse, was new. */
    public OptionalInt findingBefore(int index) {
        OptionalInt found = OptionalInt.empty();
        OptionalInt next = findingAfter(-1);
        while (next.isPresent() && next.getAsInt() < index) {
            found = next;
            next = findingAfter(next.getAsInt());
        }
        return found;
    }

    /** A walk that has come as far as that picture. */
    private Walk walked(int index) {
        Walk walk = new Walk(index);
        while (walk.at() < index) {
            walk.step();
        }
        return walk;
    }

    /** What makes two findings of two pictures the same one. */
    private static Set<List<Object>> bad(Account account) {
        return account.diagnosis().stream()
                .flatMap(diagnosis -> diagnosis.bad().stream())
                .map(finding -> List.<Object>of(finding.code(), finding.refs(), finding.progIds()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Which of two remembered places a walk begins at. */
    private enum Place {
        AT_OR_BEFORE,
        BEFORE
    }

    /** A watch that goes through the pictures from a remembered place on. */
    private final class Walk {
        private final Watch watch;
        private final Iterator<Snapshot> pictures;
        private int at;

        Walk(int index) {
            this(index, Place.AT_OR_BEFORE);
        }

        Walk(int index, Place place) {
            Map.Entry<Integer, Watch.State> entry =
                    place == Place.BEFORE ? known.lowerEntry(index) : known.floorEntry(index);
            if (entry == null) {
                watch = new Watch(holdDown, marked, Watch.Memory.NONE, List::of);
                pictures = recording.from(0);
                at = -1;
            } else {
                at = entry.getKey();
                pictures = recording.from(at);
                watch = Watch.of(entry.getValue(), pictures.next(), holdDown, marked);
            }
        }

        int at() {
            return at;
        }

        boolean hasNext() {
            return pictures.hasNext();
        }

        /** True where the next picture shows something new. */
        boolean step() {
            boolean isNew = watch.see(pictures.next(), recording.authors(at + 1));
            at++;
            if (at % STEP == 0) {
                known.putIfAbsent(at, watch.state());
            }
            return isNew;
        }
    }
}

package bpfbay.history;

import bpfbay.history.Edits.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * Lists of pictures that follow each other are nearly alike: both are walked abreast, and where they part the
 * next place at which they meet is near. Only where it is not, all that is left is looked up.
 */
/** Finds the edits that make one list of another. One use each. */
final class Alignment<T> {
    private static final int NEAR = 8;

    /** What makes an item of one list that of the other. */
    enum Likeness {
        SAME,
        EQUAL
    }

    private final List<T> before;
    private final List<T> after;
    private final Likeness likeness;
    private final List<Step<T>> steps = new ArrayList<>();
    private final List<T> fresh = new ArrayList<>();
    private Optional<Map<T, Integer>> places = Optional.empty();
    private int kept;
    private int next;
    private int at;

    Alignment(List<T> before, List<T> after, Likeness likeness) {
        this.before = before;
        this.after = after;
        this.likeness = likeness;
    }

    Edits<T> edits() {
        int length = after.size();
        while (at < length) {
            if (next < before.size() && isAlike(before.get(next), after.get(at))) {
                keep();
            } else if (!meetNear()) {
                meetFar();
            }
        }
        drop(before.size() - next);
        boolean isUnchanged = steps.isEmpty() && fresh.isEmpty();
        flushKept();
        flushFresh();
        return isUnchanged ? Edits.none() : new Edits<>(steps);
    }

    private boolean isAlike(T a, T b) {
        return a == b || (likeness == Likeness.EQUAL && a.equals(b));
    }

    /** The fewer items between, the better. */
    private boolean meetNear() {
        for (int between = 1; between <= NEAR; between++) {
            for (int dropped = 0; dropped <= between; dropped++) {
                int old = next + dropped;
                int now = at + between - dropped;
                if (old < before.size() && now < after.size() && isAlike(before.get(old), after.get(now))) {
                    drop(dropped);
                    while (at < now) {
                        put();
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private void meetFar() {
        Map<T, Integer> known = places.orElseGet(this::left);
        places = Optional.of(known);
        Integer place = known.get(after.get(at));
        if (place == null || place < next) {
            put();
        } else {
            drop(place - next);
            keep();
        }
    }

    private Map<T, Integer> left() {
        Map<T, Integer> left = likeness == Likeness.SAME ? new IdentityHashMap<>() : new HashMap<>();
        for (int i = next; i < before.size(); i++) {
            left.put(before.get(i), i);
        }
        return left;
    }

    private void keep() {
        flushFresh();
        kept++;
        next++;
        at++;
    }

    private void put() {
        flushKept();
        fresh.add(after.get(at));
        at++;
    }

    private void drop(int count) {
        if (count > 0) {
            flushKept();
            flushFresh();
            steps.add(new Step.Drop<>(count));
            next += count;
        }
    }

    private void flushKept() {
        if (kept > 0) {
            steps.add(new Step.Keep<>(kept));
            kept = 0;
        }
    }

    private void flushFresh() {
        if (!fresh.isEmpty()) {
            steps.add(new Step.Put<>(List.copyOf(fresh)));
            fresh.clear();
        }
    }
}

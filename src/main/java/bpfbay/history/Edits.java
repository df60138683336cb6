package bpfbay.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes one list of another, from its head to its end: so many kept, so many dropped, these put in.
 *
 * @param steps empty where the list stays as it is
 */
public record Edits<T>(List<Step<T>> steps) {
    /** One stretch of the list. */
    public sealed interface Step<T> {
        /** The next ones stay. */
        record Keep<T>(int count) implements Step<T> {}

        /** The next ones go. */
        record Drop<T>(int count) implements Step<T> {}

        /** These come before the next one. */
        record Put<T>(List<T> items) implements Step<T> {
            public Put {
                items = List.copyOf(items);
            }
        }
    }

    private static final Edits<?> NONE = new Edits<>(List.of());

    public Edits {
        steps = List.copyOf(steps);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    @SuppressWarnings("unchecked") // it holds no item
    public static <T> Edits<T> none() {
        return (Edits<T>) NONE;
    }

    /**
     * By the items themselves, not by what they equal: pictures share what has stayed the same. An item that
     * changed its place among the others is dropped and put.
     */
    public static <T> Edits<T> between(List<T> before, List<T> after) {
        return before == after ? none() : new Alignment<>(before, after, Alignment.Likeness.SAME).edits();
    }

    /** The same where equal items are one, for lists that were made apart. */
    static <T> Edits<T> betweenEqual(List<T> before, List<T> after) {
        return before == after ? none() : new Alignment<>(before, after, Alignment.Likeness.EQUAL).edits();
    }

    /** What they drop of the list. */
    public List<T> dropped(List<T> before) {
        List<T> dropped = new ArrayList<>();
        int next = 0;
        for (Step<T> step : steps) {
            if (step instanceof Step.Drop<T> drop) {
                dropped.addAll(before.subList(next, next + drop.count()));
                next += drop.count();
            } else if (step instanceof Step.Keep<T> keep) {
                next += keep.count();
            }
        }
        return dropped;
    }

    /** What they put in. */
    public List<T> put() {
        List<T> fresh = new ArrayList<>();
        for (Step<T> step : steps) {
            if (step instanceof Step.Put<T> put) {
                fresh.addAll(put.items());
            }
        }
        return fresh;
    }

    /** The list after the edits; fails with an IllegalArgumentException where they are of another list. */
    public List<T> applyTo(List<T> before) {
        if (steps.isEmpty()) {
            return before;
        }
        List<T> after = new ArrayList<>();
        int next = 0;
        for (Step<T> step : steps) {
            if (step instanceof Step.Put<T> put) {
                after.addAll(put.items());
            } else {
                boolean isKept = step instanceof Step.Keep<T>;
                int count = step instanceof Step.Keep<T> keep ? keep.count() : ((Step.Drop<T>) step).count();
                if (count < 0 || count > before.size() - next) {
                    throw new IllegalArgumentException("edits of " + count + " items where " + (before.size() - next)
                            + " are left of " + before.size());
                }
                if (isKept) {
                    after.addAll(before.subList(next, next + count));
                }
                next += count;
            }
        }
        if (next != before.size()) {
            throw new IllegalArgumentException("edits of " + next + " items for a list of " + before.size());
        }
        return List.copyOf(after);
    }
}

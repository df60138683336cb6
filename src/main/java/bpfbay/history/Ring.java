package bpfbay.history;

import bpfbay.history.Occurrence.Author;
import bpfbay.model.Activity;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The pictures of the last hour, as what changed from each to the next. It never changes: one more picture
 * makes another ring, which shares all but the end with this one.
 */
/*
 * A stretch begins with a whole picture and holds the changes after it, so that the oldest can be forgotten
 * by stretches and no picture is further than a stretch from a whole one. A whole picture in memory is a few
 * lists of things that the pictures around it hold too.
 */
public final class Ring implements Recording {
    public static final Duration REMEMBERED = Duration.ofHours(1);

    /** Bytes, about; where changes are that many, less than an hour is kept. */
    private static final long MOST_WEIGHT = 48L << 20;

    private static final int STRETCH = 120;

    /** A change and the counts of its moment, small. */
    private record Entry(Delta delta, Optional<Tally> tally, Map<Integer, Author> authors) {
        static Entry of(Delta delta, Map<Integer, Author> authors) {
            Optional<Activity> activity = delta.activity();
            return new Entry(delta.withoutActivity(), activity.map(Tally::of), Map.copyOf(authors));
        }

        Snapshot applyTo(Snapshot before) {
            return tally.map(t -> delta.with(t.activity())).orElse(delta).applyTo(before);
        }

        long weight() {
            return 200L
                    + 80L * authors.size()
                    + delta.weight()
                    + tally.map(Tally::weight).orElse(0);
        }
    }

    private record Stretch(List<Entry> entries, long weight) {
        Stretch with(Entry entry) {
            List<Entry> more = new ArrayList<>(entries.size() + 1);
            more.addAll(entries);
            more.add(entry);
            return new Stretch(more, weight + entry.weight());
        }
    }

    private final Host host;
    private final List<Stretch> stretches;
    private final long most;

    private Ring(Host host, List<Stretch> stretches, long most) {
        this.host = host;
        this.stretches = stretches;
        this.most = most;
    }

    /** A ring of one picture. */
    public static Ring of(Snapshot first) {
        return of(first, MOST_WEIGHT);
    }

    /** @param most bytes that it may weigh */
    static Ring of(Snapshot first, long most) {
        return new Ring(first.host(), List.of(whole(first, Map.of())), most);
    }

    private static Stretch whole(Snapshot picture, Map<Integer, Author> authors) {
        Entry entry = Entry.of(Delta.whole(picture), authors);
        return new Stretch(
                List.of(entry), 60_000 + entry.tally().map(Tally::weight).orElse(0));
    }

    /** As below, where nobody is known to have done anything. */
    public Ring after(Snapshot before, Snapshot now) {
        return after(Changes.between(before, now), Map.of());
    }

    /**
     * With one more picture.
     *
     * @param changes from the last one of this ring, the very same objects, to the next
     * @param authors of what happened between the two, by its place
     */
    public Ring after(Changes changes, Map<Integer, Author> authors) {
        Snapshot now = changes.after();
        List<Stretch> more = new ArrayList<>(stretches);
        Stretch last = more.get(more.size() - 1);
        if (last.entries().size() >= STRETCH) {
            more.add(whole(now, authors));
        } else {
            more.set(more.size() - 1, last.with(Entry.of(changes.delta(), authors)));
        }
        Instant since = now.takenAt().minus(REMEMBERED);
        while (more.size() > 1 && (end(more.get(0)).isBefore(since) || weight(more) > most)) {
            more.remove(0);
        }
        return new Ring(host, more, most);
    }

    /** Bytes that are held for nothing but this, about. */
    public long weight() {
        return weight(stretches);
    }

    private static long weight(List<Stretch> stretches) {
        return stretches.stream().mapToLong(Stretch::weight).sum();
    }

    private static Instant end(Stretch stretch) {
        return stretch.entries().get(stretch.entries().size() - 1).delta().takenAt();
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public int size() {
        return stretches.stream().mapToInt(stretch -> stretch.entries().size()).sum();
    }

    @Override
    public Instant at(int index) {
        return entry(index).delta().takenAt();
    }

    @Override
    public Map<Integer, Author> authors(int index) {
        return entry(index).authors();
    }

    private Entry entry(int index) {
        int left = index;
        for (Stretch stretch : stretches) {
            if (left < stretch.entries().size()) {
                return stretch.entries().get(left);
            }
            left -= stretch.entries().size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public Iterator<Snapshot> from(int index) {
        int first = 0;
        int left = index;
        while (left >= stretches.get(first).entries().size()) {
            left -= stretches.get(first).entries().size();
            first++;
        }
        Walk walk = new Walk(first);
        for (int i = 0; i < left; i++) {
            walk.next();
        }
        return walk;
    }

    /** From the beginning of a stretch on. */
    private final class Walk implements Iterator<Snapshot> {
        private int stretch;
        private int entry;
        private Snapshot last = Delta.blank(host);

        Walk(int stretch) {
            this.stretch = stretch;
        }

        @Override
        public boolean hasNext() {
            return stretch < stretches.size();
        }

        @Override
        public Snapshot next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<Entry> entries = stretches.get(stretch).entries();
            last = entries.get(entry).applyTo(entry == 0 ? Delta.blank(host) : last);
            entry++;
            if (entry == entries.size()) {
                stretch++;
                entry = 0;
            }
            return last;
        }
    }
}

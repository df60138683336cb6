package bpfbay.export;

import bpfbay.history.Occurrence.Author;
import bpfbay.history.Recording;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A capture that was opened: its moments, from which each picture is made when it is asked for. Holds the
 * lines compressed, not the pictures; the file is not needed any more. Safe for any thread.
 */
public final class Capture implements Recording {
    /** Pictures that are kept for stepping: each is made of all before it since the last whole one. */
    private static final int KEPT = 64;

    private final Host host;
    private final List<CaptureStretch> stretches;
    private final Instant[] moments;
    private final Map<Integer, Map<Integer, Author>> authors;
    private final CaptureWriter.Content content;
    private final List<String> notes;
    private final Map<Integer, Snapshot> recent = new LinkedHashMap<>();
    private Optional<CaptureWalk> walk = Optional.empty();
    private int walked;

    Capture(
            Host host,
            List<CaptureStretch> stretches,
            List<Instant> moments,
            Map<Integer, Map<Integer, Author>> authors,
            CaptureWriter.Content content,
            List<String> notes) {
        this.host = host;
        this.stretches = List.copyOf(stretches);
        this.moments = moments.toArray(Instant[]::new);
        this.authors = Map.copyOf(authors);
        this.content = content;
        this.notes = List.copyOf(notes);
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public int size() {
        return moments.length;
    }

    @Override
    public Instant at(int index) {
        return moments[index];
    }

    @Override
    public Map<Integer, Author> authors(int index) {
        return authors.getOrDefault(index, Map.of());
    }

    @Override
    public Iterator<Snapshot> from(int index) {
        return new CaptureWalk(stretches, index);
    }

    /** One step back or forward from the last one costs little. */
    @Override
    public synchronized Snapshot picture(int index) {
        Snapshot known = recent.get(index);
        if (known != null) {
            return known;
        } else if (walk.isEmpty() || index < walked || index - walked > KEPT) {
            walked = Math.max(start(index), index - KEPT + 1);
            walk = Optional.of(new CaptureWalk(stretches, walked));
            recent.clear();
        }
        Snapshot picture = step();
        while (walked <= index) {
            picture = step();
        }
        return picture;
    }

    private Snapshot step() {
        Snapshot picture = walk.orElseThrow().next();
        recent.put(walked, picture);
        recent.remove(walked - KEPT);
        walked++;
        return picture;
    }

    /** The moment with which the stretch of that one begins. */
    private int start(int index) {
        int start = 0;
        for (CaptureStretch stretch : stretches) {
            if (index < start + stretch.moments()) {
                return start;
            }
            start += stretch.moments();
        }
        throw new IndexOutOfBoundsException(index);
    }

    public CaptureWriter.Content content() {
        return content;
    }

    /** What could not be read of it, and where, one line each; empty where all was. */
    public List<String> notes() {
        return notes;
    }

    /** Bytes that the lines take in memory. */
    public long weight() {
        return stretches.stream().mapToLong(CaptureStretch::weight).sum();
    }
}

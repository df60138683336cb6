package bpfbay.export;

import bpfbay.history.Recording;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * A capture that was opened: its moments, from which each picture is made when it is asked for. Holds the
 * lines compressed, not the pictures; the file is not needed any more. Safe for any thread.
 */
public final class Capture implements Recording {
    private final Host host;
    private final List<CaptureStretch> stretches;
    private final Instant[] moments;
    private final CaptureWriter.Content content;
    private final List<String> notes;

    Capture(
            Host host,
            List<CaptureStretch> stretches,
            List<Instant> moments,
            CaptureWriter.Content content,
            List<String> notes) {
        this.host = host;
        this.stretches = List.copyOf(stretches);
        this.moments = moments.toArray(Instant[]::new);
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
    public Iterator<Snapshot> from(int index) {
        return new CaptureWalk(stretches, index);
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

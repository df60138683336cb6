package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Sharing;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The pictures of a capture from one moment on, each made of the one before. Not thread-safe. */
final class CaptureWalk implements Iterator<Snapshot> {
    private final List<CaptureStretch> stretches;
    private final Notes notes = new Notes();
    private int stretch;
    private int left;
    private Optional<LineReader> lines = Optional.empty();
    private Optional<Snapshot> last = Optional.empty();

    CaptureWalk(List<CaptureStretch> stretches, int index) {
        this.stretches = stretches;
        int skipped = index;
        while (skipped >= stretches.get(stretch).moments()) {
            skipped -= stretches.get(stretch).moments();
            stretch++;
        }
        left = stretches.get(stretch).moments();
        for (int i = 0; i < skipped; i++) {
            next();
        }
    }

    @Override
    public boolean hasNext() {
        return left > 0 || stretch + 1 < stretches.size();
    }

    @Override
    public Snapshot next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (left == 0) {
            stretch++;
            left = stretches.get(stretch).moments();
            lines = Optional.empty();
        }
        Snapshot picture = read(lines.orElseGet(this::open));
        left--;
        last = Optional.of(picture);
        return picture;
    }

    private LineReader open() {
        InputStream in = stretches.get(stretch).lines();
        LineReader reader = new LineReader(in, JsonText.MOST_BYTES);
        lines = Optional.of(reader);
        return reader;
    }

    private Snapshot read(LineReader reader) {
        try {
            if (!reader.next()) {
                throw new IllegalStateException("a line that was read is not there any more");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonText text = new JsonText(reader.line(), reader.length());
        if (left == stretches.get(stretch).moments()) {
            Snapshot whole = SnapshotReader.read(text, SnapshotReader.Broken.REFUSED, notes);
            return last.map(before -> Sharing.of(before, whole)).orElse(whole);
        }
        Snapshot before = last.orElseThrow();
        Delta delta = DeltaReader.read(text.fields(), before.activity(), notes);
        return delta.applyTo(before);
    }
}

package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.Sharing;
import bpfbay.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a capture, {@code bpfbay/capture/1}: gzip of JSON lines, first what it is, then a whole picture,
 * then what changed from each picture to the next, and a whole picture again now and then. Each line is
 * flushed, so that whatever ends the process leaves all lines before. Not thread-safe. Failing to write is
 * an {@link UncheckedIOException}.
 */
public final class CaptureWriter implements AutoCloseable {
    static final String SCHEMA = "bpfbay/capture/1";
    static final Duration WHOLE_EVERY = Duration.ofMinutes(5);

    /** Changes that weigh as much as so many pictures: another picture is cheaper to begin at. */
    private static final int MOST_OUTWEIGHT = 4;

    private static final int BUFFER = 16 << 10;

    /** Whether names were replaced before they were written. */
    public enum Content {
        EXACT,
        REDACTED
    }

    private final GZIPOutputStream out;
    private final String version;
    private final Content content;
    private Optional<Snapshot> last = Optional.empty();
    private Instant wholeAt = Instant.EPOCH;
    private long wholeSize;
    private long deltaSize;
    private int moments;

    /** @param version of bpfbay, for the header */
    public CaptureWriter(OutputStream out, String version, Content content) {
        try {
            this.out = new GZIPOutputStream(out, BUFFER, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.version = version;
        this.content = content;
    }

    /** One more picture of the same host, later than the last one. */
    public void write(Snapshot seen) {
        Snapshot picture = last.map(before -> Sharing.of(before, seen)).orElse(seen);
        if (last.isEmpty()) {
            header(picture);
            whole(picture);
        } else {
            next(last.get(), picture);
        }
        last = Optional.of(picture);
        moments++;
    }

    /** Who did what the last picture shows for the first time, by its place in what happened. */
    public void write(Map<Integer, Author> authors) {
        if (authors.isEmpty()) {
            return;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        AuthorsJson.write(authors, line);
        write(line);
    }

    /** How many pictures were written. */
    public int moments() {
        return moments;
    }

    private void header(Snapshot picture) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        Json json = new Json(line);
        json.object().put("schema", SCHEMA).put("version", version);
        json.put("made_at", Words.exactTime(picture.takenAt()));
        SnapshotJson.host(picture.host(), json);
        if (content == Content.REDACTED) {
            json.put("redacted", true);
        }
        json.end().finish();
        write(line);
    }

    private void next(Snapshot before, Snapshot picture) {
        boolean isDue = Duration.between(wholeAt, picture.takenAt()).compareTo(WHOLE_EVERY) >= 0
                || picture.takenAt().isBefore(wholeAt)
                || deltaSize > MOST_OUTWEIGHT * wholeSize;
        if (isDue || !before.host().equals(picture.host())) {
            whole(picture);
            return;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        DeltaJson.write(before, Delta.between(before, picture), picture, line);
        deltaSize += line.size();
        write(line);
    }

    private void whole(Snapshot picture) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        SnapshotJson.write(picture, line);
        wholeAt = picture.takenAt();
        wholeSize = line.size();
        deltaSize = 0;
        write(line);
    }

    private void write(ByteArrayOutputStream line) {
        try {
            line.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the gzip; the stream below is closed with it. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Occurrence.Author;
import bpfbay.model.Activity;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/*
 * Opening reads every line once, so that damage is found now and not in the middle of an incident, but makes
 * no pictures of the changes: that a change fits its lists is enough to know that it will.
 */
/**
 * Opens captures that anybody may have written. What is damaged or cut off is read up to there; a newer
 * version as far as it is known; both are said. Memory is bounded by what the machine was given, time by the
 * size of the file.
 */
public final class CaptureReader {
    private static final String FAMILY = "bpfbay/capture/";
    private static final int MOST_MOMENTS = 500_000;
    private static final int MOST_RATIO = 200;
    private static final long FREE_BYTES = 64L << 20;
    private static final int GZIP_MAGIC = 0x1f;

    private final CountedInput file;
    private final LongConsumer progress;
    private final Notes notes = new Notes();
    private final long mostWeight = Runtime.getRuntime().maxMemory() / 4;
    private final List<CaptureStretch> stretches = new ArrayList<>();
    private final Map<Integer, Map<Integer, Author>> authors = new HashMap<>();
    private final List<Instant> moments = new ArrayList<>();
    private long weight;
    private long line;
    private Optional<Host> host = Optional.empty();
    private CaptureWriter.Content content = CaptureWriter.Content.EXACT;
    private CaptureStretch.Draft draft = new CaptureStretch.Draft();
    private Optional<ListSizes> sizes = Optional.empty();
    private Activity activity = Activity.NONE;

    private CaptureReader(InputStream file, LongConsumer progress) {
        this.file = new CountedInput(file);
        this.progress = progress;
    }

    /**
     * Reads a capture whole, compressed or as plain lines; fails with a {@link NotReadableException} where it
     * holds not one picture.
     *
     * @param progress is told the bytes of the file read so far, now and then
     */
    public static Capture open(InputStream file, LongConsumer progress) {
        return new CaptureReader(file, progress).open();
    }

    private Capture open() {
        try {
            lines();
        } catch (EOFException e) {
            damaged("the file ends here, in the middle");
        } catch (ZipException e) {
            damaged("the compressed data is damaged (" + e.getMessage() + ")");
        } catch (NotReadableException e) {
            damaged(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (moments.isEmpty()) {
            throw new NotReadableException("holds no picture");
        }
        stretches.add(draft.finish());
        return new Capture(host.orElseThrow(), stretches, moments, authors, content, notes.lines());
    }

    private void damaged(String why) {
        String said = "line " + (line + 1) + ": " + why;
        if (moments.isEmpty()) {
            throw new NotReadableException(said);
        }
        notes.say(said + "; read up to there");
    }

    private void lines() throws IOException {
        LineReader lines = new LineReader(plain(), JsonText.MOST_BYTES);
        while (lines.next()) {
            if (lines.total() > FREE_BYTES + MOST_RATIO * file.count()) {
                throw new NotReadableException("too much for a file of this size");
            }
            JsonText text = new JsonText(lines.line(), lines.length());
            if (line == 0) {
                header(text.fields());
            } else if (moment(text)) {
                keep(lines);
            }
            line++;
            if (line % 64 == 0) {
                progress.accept(file.count());
            }
        }
        if (lines.hasRest()) {
            throw new EOFException();
        }
    }

    private InputStream plain() throws IOException {
        BufferedInputStream start = new BufferedInputStream(file, 1 << 16);
        start.mark(1);
        int first = start.read();
        start.reset();
        return first == GZIP_MAGIC ? new GZIPInputStream(start, 1 << 16) : start;
    }

    private void header(Fields fields) {
        SnapshotReader.schema(fields.needText("schema"), FAMILY, notes);
        notes.fields(Element.CAPTURE, fields);
        if (fields.flag("redacted")) {
            content = CaptureWriter.Content.REDACTED;
        }
    }

    /** Whether the line is a moment; a kind of line that a newer version has added is none. */
    private boolean moment(JsonText text) {
        String schema = text.schema();
        if (schema.equals(SnapshotJson.SCHEMA)) {
            whole(SnapshotReader.read(text, SnapshotReader.Broken.REFUSED, notes));
            return true;
        } else if (schema.equals(DeltaJson.SCHEMA)) {
            change(DeltaReader.read(text.fields(), activity, notes));
            return true;
        } else if (schema.equals(AuthorsJson.SCHEMA)) {
            authors(AuthorsJson.read(text.fields()));
            return false;
        }
        notes.unknown("lines of " + (schema.length() > 40 ? schema.substring(0, 40) + "…" : schema));
        return false;
    }

    private void whole(Snapshot picture) {
        if (host.isEmpty()) {
            host = Optional.of(picture.host());
        } else {
            stretches.add(draft.finish());
            weight += stretches.get(stretches.size() - 1).weight();
            draft = new CaptureStretch.Draft();
        }
        sizes = Optional.of(ListSizes.of(picture));
        activity = picture.activity();
        moments.add(picture.takenAt());
    }

    private void authors(Map<Integer, Author> found) {
        if (moments.isEmpty()) {
            throw new NotReadableException("an author before the first picture");
        } else if (!found.isEmpty()) {
            weight += 100L * found.size();
            authors.put(moments.size() - 1, found);
        }
    }

    private void change(Delta delta) {
        sizes = Optional.of(sizes.orElseThrow(() -> new NotReadableException("a change before the first picture"))
                .after(delta));
        activity = delta.activity().orElse(activity);
        moments.add(delta.takenAt());
    }

    private void keep(LineReader lines) {
        draft.add(lines.line(), lines.length());
        if (weight + draft.weight() > mostWeight || moments.size() >= MOST_MOMENTS) {
            line++;
            throw new NotReadableException("more than can be held in memory");
        }
    }

    /** Counts what is read of the file. */
    private static final class CountedInput extends InputStream {
        private final InputStream in;
        private long count;

        CountedInput(InputStream in) {
            this.in = in;
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}

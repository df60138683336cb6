package bpfbay.export;

import bpfbay.history.Occurrence.Author;
import bpfbay.history.Recording;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;

/** A recording whose pictures may be shown outside. One thread. */
public record RedactedRecording(Recording recording, Redaction redaction) implements Recording {
    @Override
    public Host host() {
        return redaction.of(recording.picture(0)).host();
    }

    @Override
    public int size() {
        return recording.size();
    }

    @Override
    public Instant at(int index) {
        return recording.at(index);
    }

    @Override
    public Map<Integer, Author> authors(int index) {
        return redaction.of(recording.authors(index));
    }

    @Override
    public Iterator<Snapshot> from(int index) {
        Iterator<Snapshot> pictures = recording.from(index);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pictures.hasNext();
            }

            @Override
            public Snapshot next() {
                return redaction.of(pictures.next());
            }
        };
    }
}

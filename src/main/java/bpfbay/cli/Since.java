package bpfbay.cli;

import bpfbay.diagnose.Manifest;
import bpfbay.diagnose.Scene;
import bpfbay.history.Changes;
import bpfbay.history.Occurrence;
import bpfbay.history.Recording;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a recording tells of the past of this host.
 *
 * @param begun when its first picture was taken
 * @param last its last picture
 * @param past what happened in it, oldest first
 */
record Since(Instant begun, Snapshot last, List<Occurrence> past) {
    /** As many as a screen remembers: of a long recording the latest. */
    private static final int MOST = 2000;

    Since {
        past = List.copyOf(past);
    }

    static Since of(Recording recording) {
        Iterator<Snapshot> walk = recording.from(0);
        Snapshot last = walk.next();
        List<Occurrence> past = new ArrayList<>();
        int looks = 1;
        while (walk.hasNext()) {
            Snapshot next = walk.next();
            /* the first look is made in a hurry: the second sees more, and nothing has happened */
            if (looks > 1) {
                past.addAll(Changes.between(last, next).occurrences());
            }
            looks++;
            last = next;
        }
        return new Since(recording.at(0), last, latest(past));
    }

    private static List<Occurrence> latest(List<Occurrence> past) {
        return past.subList(Math.max(0, past.size() - MOST), past.size());
    }

    /** The host now, with that past; of another boot it is none of this one's. */
    Scene scene(Snapshot now, Duration holdDown, Optional<Manifest> declared) {
        if (!isOf(now)) {
            return new Scene(now, List.of(), Optional.empty(), holdDown, declared);
        }
        List<Occurrence> all = new ArrayList<>(past);
        all.addAll(Changes.between(last, now).occurrences());
        return new Scene(now, latest(all), Optional.of(begun), holdDown, declared);
    }

    /** Whether it was made on this boot of this host: elsewhere the same numbers name other things. */
    boolean isOf(Snapshot now) {
        return last.host().bootId().equals(now.host().bootId());
    }
}

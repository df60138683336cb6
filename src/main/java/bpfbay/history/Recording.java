package bpfbay.history;

import bpfbay.history.Occurrence.Author;
import bpfbay.model.Host;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;

/** Pictures of one host in the order in which they were taken, of memory or of a file. */
public interface Recording {
    Host host();

    /** How many pictures there are; never none. */
    int size();

    /** When the picture was taken; indices count from 0. */
    Instant at(int index);

    /**
     * Who did what that picture shows for the first time, by its place in what happened between the picture
     * before and that one; as it was known at that time.
     */
    default Map<Integer, Author> authors(int index) {
        return Map.of();
    }

    /** The pictures from that one on. */
    Iterator<Snapshot> from(int index);

    default Snapshot picture(int index) {
        return from(index).next();
    }

    /** The last picture that was taken by then; the first one where all are later. */
    default int indexAt(Instant moment) {
        int low = 0;
        int high = size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (at(middle).isAfter(moment)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }
}

package bpfbay.diagnose;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** A few ids, asked for by thousands. */
final class Ids {
    private final Set<Integer> ids = new HashSet<>();

    /** Which of 64 kinds of id are among them: what is of another needs no further look. */
    private long kinds;

    void add(int id) {
        if (ids.add(id)) {
            kinds |= 1L << (id & 63);
        }
    }

    boolean isEmpty() {
        return kinds == 0;
    }

    boolean contains(int id) {
        return (kinds >>> (id & 63) & 1) != 0 && ids.contains(id);
    }

    boolean contains(OptionalInt id) {
        return id.isPresent() && contains(id.getAsInt());
    }
}

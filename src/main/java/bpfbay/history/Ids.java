package bpfbay.history;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** A few ids of objects of one kind, asked for by thousands. For one thread. */
public final class Ids {
    private final Set<Integer> ids = new HashSet<>();

    /** Which of 64 kinds of id are among them: what is of another needs no further look. */
    private long kinds;

    public void add(int id) {
        if (ids.add(id)) {
            kinds |= 1L << (id & 63);
        }
    }

    public boolean isEmpty() {
        return kinds == 0;
    }

    public boolean contains(int id) {
        return (kinds >>> (id & 63) & 1) != 0 && ids.contains(id);
    }

    public boolean contains(OptionalInt id) {
        return id.isPresent() && contains(id.getAsInt());
    }
}

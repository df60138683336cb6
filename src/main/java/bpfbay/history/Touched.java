package bpfbay.history;

import bpfbay.model.ObjectId;
import java.util.Arrays;
import java.util.Collection;

/** A few objects among thousands, asked of each. */
final class Touched {
    private final Ids programs;
    private final Ids links;
    private final Ids maps;

    private Touched(Collection<ObjectId> objects) {
        programs = new Ids(objects, ObjectId.Kind.PROG);
        links = new Ids(objects, ObjectId.Kind.LINK);
        maps = new Ids(objects, ObjectId.Kind.MAP);
    }

    static Touched of(Collection<ObjectId> objects) {
        return new Touched(objects);
    }

    boolean isEmpty() {
        return programs.residues == 0 && links.residues == 0 && maps.residues == 0;
    }

    boolean contains(ObjectId.Kind kind, int id) {
        return switch (kind) {
            case PROG -> programs.contains(id);
            case LINK -> links.contains(id);
            case MAP -> maps.contains(id);
        };
    }

    /** Of one kind. */
    private static final class Ids {
        private final int[] sorted;

        /** What is left of each when it is divided by 64: most others are told by that. */
        private final long residues;

        Ids(Collection<ObjectId> objects, ObjectId.Kind kind) {
            int[] some = new int[objects.size()];
            int count = 0;
            long left = 0;
            for (ObjectId object : objects) {
                if (object.kind() == kind) {
                    some[count] = object.id();
                    left |= 1L << (object.id() & 63);
                    count++;
                }
            }
            sorted = Arrays.copyOf(some, count);
            Arrays.sort(sorted);
            residues = left;
        }

        boolean contains(int id) {
            return (residues >>> (id & 63) & 1) != 0 && Arrays.binarySearch(sorted, id) >= 0;
        }
    }
}

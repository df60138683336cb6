package bpfbay.history;

import bpfbay.model.ObjectId;
import java.util.Collection;

/** A few objects among thousands, asked of each. */
final class Touched {
    private final Ids programs = new Ids();
    private final Ids links = new Ids();
    private final Ids maps = new Ids();

    private Touched(Collection<ObjectId> objects) {
        for (ObjectId object : objects) {
            of(object.kind()).add(object.id());
        }
    }

    static Touched of(Collection<ObjectId> objects) {
        return new Touched(objects);
    }

    boolean isEmpty() {
        return programs.isEmpty() && links.isEmpty() && maps.isEmpty();
    }

    boolean contains(ObjectId.Kind kind, int id) {
        return of(kind).contains(id);
    }

    private Ids of(ObjectId.Kind kind) {
        return switch (kind) {
            case PROG -> programs;
            case LINK -> links;
            case MAP -> maps;
        };
    }
}

package bpfbay.history;

import bpfbay.model.ObjectId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** A few objects among thousands, asked of each. */
final class Touched {
    private static final int[] NONE = {};

    private final Map<ObjectId.Kind, int[]> ids = new EnumMap<>(ObjectId.Kind.class);

    private Touched(Collection<ObjectId> objects) {
        for (ObjectId.Kind kind : ObjectId.Kind.values()) {
            ids.put(
                    kind,
                    objects.stream()
                            .filter(object -> object.kind() == kind)
                            .mapToInt(ObjectId::id)
                            .sorted()
                            .toArray());
        }
    }

    static Touched of(Collection<ObjectId> objects) {
        return new Touched(objects);
    }

    boolean isEmpty() {
        return ids.values().stream().allMatch(some -> some.length == 0);
    }

    boolean contains(ObjectId.Kind kind, int id) {
        int[] some = ids.getOrDefault(kind, NONE);
        return some.length > 0 && Arrays.binarySearch(some, id) >= 0;
    }
}

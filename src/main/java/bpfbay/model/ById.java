package bpfbay.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/*
 * Map.copyOf probes, and ids that follow each other fill runs of thousands of its slots, which every look for
 * an absent one goes through.
 */
/** Maps by number or object that do not change, each a copy. */
final class ById {
    private ById() {}

    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new HashMap<>(map));
    }
}

package bpfbay.kernel;

import static java.util.Objects.requireNonNull;

import bpfbay.model.BpfMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What tells whether a candidate's map may stand for a live one; what is in them is {@link Kernel#contents}'s
 * to say.
 */
public interface MapFacts {
    /** Fails with Gone where the map is no more, and with Denied. */
    Facts of(int mapId);

    /**
     * What a map was made for and what it costs.
     *
     * @param key the BTF type of its keys in one line of C, absent where the map was made without; equal lines
     *     are equal layouts
     * @param value the same of its values; of a data section its variables
     * @param memoryBytes what the kernel says it takes
     */
    record Facts(BpfMap map, Optional<String> key, Optional<String> value, OptionalLong memoryBytes) {
        public Facts {
            requireNonNull(map, "map");
            requireNonNull(key, "key");
            requireNonNull(value, "value");
            requireNonNull(memoryBytes, "memoryBytes");
        }
    }
}

package bpfbay.model;

import java.util.List;

/**
 * A first look into a map.
 *
 * @param entries how many keys were found before the limit
 * @param coverage whether the limit cut the count
 * @param sample the first few pairs, as raw bytes
 * @param btf the raw BTF object that describes key and value, empty where the map has none
 */
public record MapContents(int mapId, int entries, Coverage coverage, List<Pair> sample, Bytes btf) {
    /** Whether every key was seen. */
    public enum Coverage {
        ALL,
        CUT_AT_LIMIT
    }

    /** One key and value, in host order; per-cpu maps give the values of all processors in a row. */
    public record Pair(Bytes key, Bytes value) {}

    public MapContents {
        sample = List.copyOf(sample);
    }
}

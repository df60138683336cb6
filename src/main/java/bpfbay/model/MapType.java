package bpfbay.model;

import java.util.List;

/** The structure of a map: {@code enum bpf_map_type}. Open: an unknown number keeps its row and prints as itself. */
public record MapType(int value) {
    public static final MapType HASH = new MapType(1);
    public static final MapType ARRAY = new MapType(2);
    public static final MapType PROG_ARRAY = new MapType(3);
    public static final MapType PERCPU_HASH = new MapType(5);
    public static final MapType PERCPU_ARRAY = new MapType(6);
    public static final MapType ARRAY_OF_MAPS = new MapType(12);
    public static final MapType HASH_OF_MAPS = new MapType(13);
    public static final MapType DEVMAP = new MapType(14);
    public static final MapType DEVMAP_HASH = new MapType(25);
    public static final MapType CPUMAP = new MapType(16);
    public static final MapType RINGBUF = new MapType(27);
    public static final MapType PERF_EVENT_ARRAY = new MapType(4);

    private static final List<String> WORDS = List.of(
            "unspec",
            "hash",
            "array",
            "prog_array",
            "perf_event_array",
            "percpu_hash",
            "percpu_array",
            "stack_trace",
            "cgroup_array",
            "lru_hash",
            "lru_percpu_hash",
            "lpm_trie",
            "array_of_maps",
            "hash_of_maps",
            "devmap",
            "sockmap",
            "cpumap",
            "xskmap",
            "sockhash",
            "cgroup_storage",
            "reuseport_sockarray",
            "percpu_cgroup_storage",
            "queue",
            "stack",
            "sk_storage",
            "devmap_hash",
            "struct_ops",
            "ringbuf",
            "inode_storage",
            "task_storage",
            "bloom_filter",
            "user_ringbuf",
            "cgrp_storage",
            "arena",
            "insn_array");

    /** libbpf's word, or {@code map_type_61} for a number that this version does not know. */
    public String label() {
        return value >= 0 && value < WORDS.size() ? WORDS.get(value) : "map_type_" + Integer.toUnsignedString(value);
    }

    /** The words this version knows, in the order of their numbers. */
    public static List<String> words() {
        return WORDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapType that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}

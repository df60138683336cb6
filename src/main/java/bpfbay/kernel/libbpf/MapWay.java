package bpfbay.kernel.libbpf;

import bpfbay.model.MapType;

/** How user space can look into a map of some type without changing it. */
enum MapWay {
    /** Every index below max_entries has a value. */
    INDEXES,
    /** Indexes below max_entries, of which some hold an object: read as its id or cookie. */
    SLOTS,
    /** Keys that come and go. */
    KEYS,
    /** No keys: one element can be looked at without taking it. */
    HEAD,
    /** The kernel does not give it out. */
    CLOSED;

    /** A type that this version does not know is taken for one with keys: the kernel refuses if it is not. */
    static MapWay of(MapType type) {
        return switch (type.label()) {
            case "array", "percpu_array", "insn_array" -> INDEXES;
            case "prog_array", "array_of_maps", "devmap", "cpumap", "sockmap", "reuseport_sockarray", "struct_ops" ->
                SLOTS;
            case "queue", "stack" -> HEAD;
            case "perf_event_array",
                    "cgroup_array",
                    "xskmap",
                    "stack_trace",
                    "bloom_filter",
                    "sk_storage",
                    "inode_storage",
                    "task_storage",
                    "cgrp_storage",
                    "ringbuf",
                    "user_ringbuf",
                    "arena" -> CLOSED;
            default -> KEYS;
        };
    }

    /** Why a closed map is. */
    static String whyClosed(MapType type) {
        return switch (type.label()) {
            case "perf_event_array", "cgroup_array", "xskmap" -> "the kernel does not say what its slots hold";
            case "stack_trace" -> "reading a stack takes it out of the map for a moment";
            case "bloom_filter" -> "it answers only whether a value may be in it";
            case "sk_storage", "inode_storage", "task_storage", "cgrp_storage" ->
                "its values hang on objects, which only a descriptor of the object names";
            case "ringbuf", "user_ringbuf" -> "reading a ring buffer consumes it";
            default -> "its memory is not read by key";
        };
    }

    /** Whether each processor has a value of its own, which user space reads all in a row. */
    static boolean isPerCpu(MapType type) {
        return switch (type.label()) {
            case "percpu_hash", "lru_percpu_hash", "percpu_array", "percpu_cgroup_storage" -> true;
            default -> false;
        };
    }
}

package bpfbay.export;

import java.util.Set;

/** The objects that snapshots and captures are made of, with the fields that this version knows. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are Set.of
enum Element {
    HOST("host", Set.of("name", "kernel", "libbpf", "boot_id")),
    PROCESS("processes", Set.of("pid", "start_ticks", "comm", "cgroup", "unit", "container")),
    NAMESPACE("netns", Set.of("inode", "cookie", "names", "current", "path")),
    INTERFACE(
            "interfaces",
            Set.of("netns", "ifindex", "name", "up", "mtu", "kind", "lower", "peer", "master", "native_xdp", "missing")),
    ATTACHMENT(
            "attachments",
            Set.of(
                    "ref",
                    "netns",
                    "ifindex",
                    "interface",
                    "cgroup",
                    "cgroup_id",
                    "hook",
                    "direction",
                    "attach_type",
                    "parent",
                    "mode",
                    "target",
                    "shape",
                    "target_prog_id",
                    "target_btf_id",
                    "function",
                    "count",
                    "file",
                    "offset",
                    "tracepoint",
                    "perf_type",
                    "perf_config",
                    "iterator",
                    "map_id",
                    "family",
                    "netfilter_hook",
                    "btf_object_id",
                    "btf_type_id",
                    "unknown_type",
                    "via",
                    "position",
                    "prog_id",
                    "prog_name",
                    "tag",
                    "link_id",
                    "revision",
                    "priority",
                    "handle",
                    "chain",
                    "protocol",
                    "direct_action",
                    "filter_name",
                    "filter_ifindex",
                    "class_id",
                    "flags",
                    "block",
                    "slot",
                    "missing",
                    "owners",
                    "shared_by",
                    "pins",
                    "run_count",
                    "run_time_ns",
                    "own")),
    PROGRAM(
            "programs",
            Set.of(
                    "id",
                    "type",
                    "name",
                    "tag",
                    "gpl",
                    "loaded_at",
                    "uid",
                    "bytes_xlated",
                    "bytes_jited",
                    "bytes_memlock",
                    "map_ids",
                    "btf_id",
                    "verified_insns",
                    "expected_attach_type",
                    "attached",
                    "fingerprint",
                    "functions",
                    "missing",
                    "run_count",
                    "run_time_ns",
                    "runs_per_second",
                    "ns_per_run",
                    "rate_at",
                    "owners",
                    "pins",
                    "own")),
    LINK(
            "links",
            Set.of(
                    "id",
                    "type",
                    "prog_id",
                    "attach_type",
                    "shape",
                    "netns",
                    "netns_by",
                    "ifindex",
                    "cgroup",
                    "cgroup_id",
                    "target_prog_id",
                    "target_btf_id",
                    "function",
                    "count",
                    "file",
                    "offset",
                    "tracepoint",
                    "perf_type",
                    "perf_config",
                    "iterator",
                    "map_id",
                    "family",
                    "netfilter_hook",
                    "priority",
                    "btf_object_id",
                    "btf_type_id",
                    "unknown_type",
                    "target",
                    "detached",
                    "owners",
                    "pins",
                    "own")),
    MAP(
            "maps",
            Set.of(
                    "id",
                    "type",
                    "name",
                    "key_size",
                    "value_size",
                    "max_entries",
                    "flags",
                    "btf_id",
                    "btf_key_type_id",
                    "btf_value_type_id",
                    "owners",
                    "pins",
                    "own")),
    UNLISTED(
            "unlisted",
            Set.of(
                    "object",
                    "id",
                    "owners",
                    "pins",
                    "own",
                    "run_count",
                    "run_time_ns",
                    "runs_per_second",
                    "ns_per_run",
                    "rate_at")),
    SLOTS("slots", Set.of("prog_id", "map_ids")),
    PROBLEM("problems", Set.of("operation", "object", "errno", "hint"));

    private final String label;
    private final Set<String> fields;

    Element(String label, Set<String> fields) {
        this.label = label;
        this.fields = fields;
    }

    /** The field that holds such objects. */
    String label() {
        return label;
    }

    boolean knows(String field) {
        return fields.contains(field);
    }
}

package bpfbay.model;

import java.util.List;

/** What a program may do and where it may go: {@code enum bpf_prog_type}. Open: an unknown number keeps its row and prints as itself. */
public record ProgType(int value) {
    public static final ProgType SCHED_CLS = new ProgType(3);
    public static final ProgType SCHED_ACT = new ProgType(4);
    public static final ProgType XDP = new ProgType(6);
    public static final ProgType CGROUP_SKB = new ProgType(8);
    public static final ProgType CGROUP_SOCK = new ProgType(9);
    public static final ProgType CGROUP_DEVICE = new ProgType(15);
    public static final ProgType CGROUP_SOCK_ADDR = new ProgType(18);
    public static final ProgType CGROUP_SYSCTL = new ProgType(23);
    public static final ProgType CGROUP_SOCKOPT = new ProgType(25);
    public static final ProgType SOCK_OPS = new ProgType(13);
    public static final ProgType FLOW_DISSECTOR = new ProgType(22);
    public static final ProgType TRACING = new ProgType(26);
    public static final ProgType EXT = new ProgType(28);
    public static final ProgType LSM = new ProgType(29);
    public static final ProgType SK_LOOKUP = new ProgType(30);
    public static final ProgType NETFILTER = new ProgType(32);

    private static final List<String> WORDS = List.of(
            "unspec",
            "socket_filter",
            "kprobe",
            "sched_cls",
            "sched_act",
            "tracepoint",
            "xdp",
            "perf_event",
            "cgroup_skb",
            "cgroup_sock",
            "lwt_in",
            "lwt_out",
            "lwt_xmit",
            "sock_ops",
            "sk_skb",
            "cgroup_device",
            "sk_msg",
            "raw_tracepoint",
            "cgroup_sock_addr",
            "lwt_seg6local",
            "lirc_mode2",
            "sk_reuseport",
            "flow_dissector",
            "cgroup_sysctl",
            "raw_tracepoint_writable",
            "cgroup_sockopt",
            "tracing",
            "struct_ops",
            "ext",
            "lsm",
            "sk_lookup",
            "syscall",
            "netfilter");

    /** libbpf's word, or {@code prog_type_61} for a number that this version does not know. */
    public String label() {
        return value >= 0 && value < WORDS.size() ? WORDS.get(value) : "prog_type_" + Integer.toUnsignedString(value);
    }

    /** The words this version knows, in the order of their numbers. */
    public static List<String> words() {
        return WORDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgType that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}

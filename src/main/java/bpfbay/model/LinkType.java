package bpfbay.model;

import java.util.List;

/** What kind of hook a link holds: {@code enum bpf_link_type}. Open: an unknown number keeps its row and prints as itself. */
public record LinkType(int value) {
    public static final LinkType RAW_TRACEPOINT = new LinkType(1);
    public static final LinkType TRACING = new LinkType(2);
    public static final LinkType CGROUP = new LinkType(3);
    public static final LinkType ITER = new LinkType(4);
    public static final LinkType NETNS = new LinkType(5);
    public static final LinkType XDP = new LinkType(6);
    public static final LinkType PERF_EVENT = new LinkType(7);
    public static final LinkType KPROBE_MULTI = new LinkType(8);
    public static final LinkType STRUCT_OPS = new LinkType(9);
    public static final LinkType NETFILTER = new LinkType(10);
    public static final LinkType TCX = new LinkType(11);
    public static final LinkType UPROBE_MULTI = new LinkType(12);
    public static final LinkType NETKIT = new LinkType(13);
    public static final LinkType SOCKMAP = new LinkType(14);

    private static final List<String> WORDS = List.of(
            "unspec",
            "raw_tracepoint",
            "tracing",
            "cgroup",
            "iter",
            "netns",
            "xdp",
            "perf_event",
            "kprobe_multi",
            "struct_ops",
            "netfilter",
            "tcx",
            "uprobe_multi",
            "netkit",
            "sockmap");

    /** libbpf's word, or {@code link_type_61} for a number that this version does not know. */
    public String label() {
        return value >= 0 && value < WORDS.size() ? WORDS.get(value) : "link_type_" + Integer.toUnsignedString(value);
    }

    /** The words this version knows, in the order of their numbers. */
    public static List<String> words() {
        return WORDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkType that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}

package bpfbay.model;

import java.util.List;

/** The exact hook of a program: {@code enum bpf_attach_type}. Open: an unknown number keeps its row and prints as itself. */
public record AttachType(int value) {
    public static final AttachType CGROUP_INET_INGRESS = new AttachType(0);
    public static final AttachType CGROUP_INET_EGRESS = new AttachType(1);
    public static final AttachType FLOW_DISSECTOR = new AttachType(17);
    public static final AttachType SK_LOOKUP = new AttachType(36);
    public static final AttachType XDP = new AttachType(37);
    public static final AttachType NETFILTER = new AttachType(45);
    public static final AttachType TCX_INGRESS = new AttachType(46);
    public static final AttachType TCX_EGRESS = new AttachType(47);
    public static final AttachType NETKIT_PRIMARY = new AttachType(54);
    public static final AttachType NETKIT_PEER = new AttachType(55);
    public static final AttachType LSM_CGROUP = new AttachType(43);

    private static final List<String> WORDS = List.of(
            "cgroup_inet_ingress",
            "cgroup_inet_egress",
            "cgroup_inet_sock_create",
            "cgroup_sock_ops",
            "sk_skb_stream_parser",
            "sk_skb_stream_verdict",
            "cgroup_device",
            "sk_msg_verdict",
            "cgroup_inet4_bind",
            "cgroup_inet6_bind",
            "cgroup_inet4_connect",
            "cgroup_inet6_connect",
            "cgroup_inet4_post_bind",
            "cgroup_inet6_post_bind",
            "cgroup_udp4_sendmsg",
            "cgroup_udp6_sendmsg",
            "lirc_mode2",
            "flow_dissector",
            "cgroup_sysctl",
            "cgroup_udp4_recvmsg",
            "cgroup_udp6_recvmsg",
            "cgroup_getsockopt",
            "cgroup_setsockopt",
            "trace_raw_tp",
            "trace_fentry",
            "trace_fexit",
            "modify_return",
            "lsm_mac",
            "trace_iter",
            "cgroup_inet4_getpeername",
            "cgroup_inet6_getpeername",
            "cgroup_inet4_getsockname",
            "cgroup_inet6_getsockname",
            "xdp_devmap",
            "cgroup_inet_sock_release",
            "xdp_cpumap",
            "sk_lookup",
            "xdp",
            "sk_skb_verdict",
            "sk_reuseport_select",
            "sk_reuseport_select_or_migrate",
            "perf_event",
            "trace_kprobe_multi",
            "lsm_cgroup",
            "struct_ops",
            "netfilter",
            "tcx_ingress",
            "tcx_egress",
            "trace_uprobe_multi",
            "cgroup_unix_connect",
            "cgroup_unix_sendmsg",
            "cgroup_unix_recvmsg",
            "cgroup_unix_getpeername",
            "cgroup_unix_getsockname",
            "netkit_primary",
            "netkit_peer",
            "trace_kprobe_session",
            "trace_uprobe_session",
            "trace_fsession");

    /** libbpf's word, or {@code attach_type_61} for a number that this version does not know. */
    public String label() {
        return value >= 0 && value < WORDS.size() ? WORDS.get(value) : "attach_type_" + Integer.toUnsignedString(value);
    }

    /** The words this version knows, in the order of their numbers. */
    public static List<String> words() {
        return WORDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttachType that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}

package bpfbay.export;

import bpfbay.model.AttachTarget;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a link attaches to, from what {@link TargetJson} wrote. */
final class TargetReader {
    private static final List<String> FAMILIES = List.of("ipv4", "arp", "netdev", "bridge", "ipv6");
    private static final List<Integer> FAMILY_NUMBERS = List.of(2, 3, 5, 7, 10);
    private static final List<String> HOOKS = List.of("prerouting", "input", "forward", "output", "postrouting");
    private static final List<Integer> HOOK_NUMBERS = List.of(0, 1, 2, 3, 4);

    private TargetReader() {}

    /** A shape that this version does not know keeps its row as an unknown one. */
    static AttachTarget read(String shape, Fields fields, OptionalLong netns) {
        return switch (shape) {
            case "netdev" ->
                new AttachTarget.Netdev(netns, fields.u32("ifindex").orElse(0));
            case "cgroup" -> new AttachTarget.Cgroup(fields.u64("cgroup_id").orElse(0));
            case "netns" -> new AttachTarget.Netns(fields.u64("netns").orElse(0));
            case "kernel_function" ->
                new AttachTarget.KernelFunction(fields.needText("function"), fields.needU32("count"));
            case "user_function" ->
                new AttachTarget.UserFunction(
                        fields.needText("file"), fields.needU64("offset"), fields.needU32("count"));
            case "tracepoint" -> new AttachTarget.Tracepoint(fields.needText("tracepoint"));
            case "perf_event" -> new AttachTarget.PerfEvent(fields.needU32("perf_type"), fields.needU64("perf_config"));
            case "iterator" -> new AttachTarget.Iterator(fields.needText("iterator"));
            case "struct_ops" -> new AttachTarget.StructOps(fields.needU32("map_id"));
            case "netfilter" -> netfilter(fields, netns);
            case "prog" ->
                new AttachTarget.Prog(
                        fields.needU32("target_prog_id"), fields.needU32("target_btf_id"), fields.text("function"));
            case "kernel_btf" ->
                new AttachTarget.KernelBtf(
                        fields.needU32("btf_object_id"), fields.needU32("btf_type_id"), fields.text("function"));
            case "sockmap" -> new AttachTarget.Sockmap(fields.needU32("map_id"));
            case "unknown" -> new AttachTarget.Unknown(fields.u32("unknown_type"));
            default -> new AttachTarget.Unknown(OptionalInt.empty());
        };
    }

    static AttachTarget.Netfilter netfilter(Fields fields, OptionalLong netns) {
        return new AttachTarget.Netfilter(
                netns,
                OpenWords.netfilter(fields.needText("family"), FAMILIES, FAMILY_NUMBERS),
                OpenWords.netfilter(fields.needText("netfilter_hook"), HOOKS, HOOK_NUMBERS),
                fields.needInt("priority"));
    }
}

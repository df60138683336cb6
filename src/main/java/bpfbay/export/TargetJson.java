package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.LinkType;

/** What a link attaches to, as fields of an element. */
final class TargetJson {
    private TargetJson() {}

    /** The contract's word for the shape, which says what the other fields mean. */
    static String shape(AttachTarget target) {
        if (target instanceof AttachTarget.Netdev) {
            return "netdev";
        } else if (target instanceof AttachTarget.Cgroup) {
            return "cgroup";
        } else if (target instanceof AttachTarget.Netns) {
            return "netns";
        } else if (target instanceof AttachTarget.KernelFunction) {
            return "kernel_function";
        } else if (target instanceof AttachTarget.UserFunction) {
            return "user_function";
        } else if (target instanceof AttachTarget.Tracepoint) {
            return "tracepoint";
        } else if (target instanceof AttachTarget.PerfEvent) {
            return "perf_event";
        } else if (target instanceof AttachTarget.Iterator) {
            return "iterator";
        } else if (target instanceof AttachTarget.StructOps) {
            return "struct_ops";
        } else if (target instanceof AttachTarget.Netfilter) {
            return "netfilter";
        } else if (target instanceof AttachTarget.Prog) {
            return "prog";
        } else if (target instanceof AttachTarget.KernelBtf) {
            return "kernel_btf";
        } else if (target instanceof AttachTarget.Sockmap) {
            return "sockmap";
        }
        return "unknown";
    }

    /** The shape that links of this type have, where there is one. */
    static String usualShape(LinkType type) {
        if (type.equals(LinkType.XDP) || type.equals(LinkType.TCX) || type.equals(LinkType.NETKIT)) {
            return "netdev";
        } else if (type.equals(LinkType.CGROUP)) {
            return "cgroup";
        }
        return type.equals(LinkType.NETNS) ? "netns" : "";
    }

    /** All but the namespace, which an element may know from elsewhere. */
    static void write(AttachTarget target, Json json) {
        if (target instanceof AttachTarget.Netdev t) {
            nonZero("ifindex", t.ifindex(), json);
        } else if (target instanceof AttachTarget.Cgroup t) {
            if (t.id() != 0) {
                json.u64("cgroup_id", t.id());
            }
        } else if (target instanceof AttachTarget.KernelFunction t) {
            json.put("function", t.name()).u32("count", t.count());
        } else if (target instanceof AttachTarget.UserFunction t) {
            json.put("file", t.file()).u64("offset", t.offset()).u32("count", t.count());
        } else if (target instanceof AttachTarget.Tracepoint t) {
            json.put("tracepoint", t.name());
        } else if (target instanceof AttachTarget.PerfEvent t) {
            json.u32("perf_type", t.type()).u64("perf_config", t.config());
        } else if (target instanceof AttachTarget.Iterator t) {
            json.put("iterator", t.name());
        } else if (target instanceof AttachTarget.StructOps t) {
            json.u32("map_id", t.mapId());
        } else if (target instanceof AttachTarget.Sockmap t) {
            json.u32("map_id", t.mapId());
        } else {
            rare(target, json);
        }
    }

    private static void rare(AttachTarget target, Json json) {
        if (target instanceof AttachTarget.Netfilter t) {
            json.put("family", t.familyLabel())
                    .put("netfilter_hook", t.hookLabel())
                    .put("priority", t.priority());
        } else if (target instanceof AttachTarget.Prog t) {
            json.u32("target_prog_id", t.progId()).u32("target_btf_id", t.btfId());
            json.put("function", t.function());
        } else if (target instanceof AttachTarget.KernelBtf t) {
            json.u32("btf_object_id", t.btfObjectId()).u32("btf_type_id", t.typeId());
            json.put("function", t.function());
        } else if (target instanceof AttachTarget.Unknown t) {
            json.u32("unknown_type", t.type());
        }
    }

    private static void nonZero(String name, int value, Json json) {
        if (value != 0) {
            json.u32(name, value);
        }
    }
}

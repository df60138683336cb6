package bpfbay.kernel.libbpf;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.LinkType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code struct bpf_link_info} of Linux 6.18; a shape it does not know keeps its row as Unknown. */
final class LinkDecoder {
    private static final int UPROBE = 1;
    private static final int URETPROBE = 2;
    private static final int KPROBE = 3;
    private static final int KRETPROBE = 4;
    private static final int TRACEPOINT = 5;
    private static final int EVENT = 6;

    private LinkDecoder() {}

    static LinkType type(KernelStruct info) {
        return new LinkType(info.u32(0));
    }

    static int progId(KernelStruct info) {
        return info.u32(8);
    }

    static Optional<AttachType> attachType(KernelStruct info) {
        return switch (info.u32(0)) {
            case 2 -> at(info, 16); // tracing
            case 3 -> at(info, 24); // cgroup
            case 5, 11, 13, 14 -> at(info, 20); // netns, tcx, netkit, sockmap
            case 6 -> Optional.of(AttachType.XDP);
            default -> Optional.empty();
        };
    }

    private static Optional<AttachType> at(KernelStruct info, int offset) {
        return info.has(offset, 4) ? Optional.of(new AttachType(info.u32(offset))) : Optional.empty();
    }

    /**
     * All but tracing links, whose target {@link TracingTargets} finds.
     *
     * @param name what the kernel named besides, empty where it named nothing
     * @param netns of the device, where an iterator told it
     */
    static AttachTarget target(KernelStruct info, String name, OptionalLong netns) {
        return switch (info.u32(0)) {
            case 1 -> new AttachTarget.Tracepoint(name);
            case 3 -> new AttachTarget.Cgroup(info.u64(16));
            case 4 -> new AttachTarget.Iterator(name);
            case 5 -> new AttachTarget.Netns(Integer.toUnsignedLong(info.u32(16)));
            case 6, 11, 13 -> new AttachTarget.Netdev(netns, info.u32(16));
            case 7 -> perfEvent(info, name);
            case 8 -> new AttachTarget.KernelFunction(name, info.u32(24));
            case 9 -> new AttachTarget.StructOps(info.u32(16));
            case 10 -> new AttachTarget.Netfilter(netns, info.u32(16), info.u32(20), info.u32(24));
            case 12 -> new AttachTarget.UserFunction(name, info.u64(24), info.u32(52));
            case 14 -> new AttachTarget.Sockmap(info.u32(16));
            default -> new AttachTarget.Unknown(OptionalInt.of(info.u32(0)));
        };
    }

    private static AttachTarget perfEvent(KernelStruct info, String name) {
        return switch (info.u32(16)) {
            case UPROBE, URETPROBE -> new AttachTarget.UserFunction(name, Integer.toUnsignedLong(info.u32(36)), 1);
            case KPROBE, KRETPROBE -> new AttachTarget.KernelFunction(kprobe(info, name), 1);
            case TRACEPOINT -> new AttachTarget.Tracepoint(name);
            case EVENT -> new AttachTarget.PerfEvent(info.u32(32), info.u64(24));
            default -> new AttachTarget.Unknown(OptionalInt.of(info.u32(0)));
        };
    }

    /* a probe by address has no name; the address is hidden from the unprivileged and reads 0 then */
    private static String kprobe(KernelStruct info, String name) {
        String place = name.isEmpty() ? "0x" + Long.toHexString(info.u64(40)) : name;
        int offset = info.u32(36);
        return offset == 0 ? place : place + "+0x" + Integer.toHexString(offset);
    }
}

package bpfbay.model;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A cls_bpf filter as the kernel dumps it. Source: RTM_NEWTFILTER with TCA_KIND {@code bpf}.
 *
 * @param ifindex {@code tcm_ifindex}; 0 on a shared block
 * @param block the index of the shared block it belongs to, seen through each device of the block
 * @param protocol ETH_P_* in host order; 3 is all
 * @param handle u32
 * @param progId absent for a classic BPF filter, which has no id
 * @param name TCA_BPF_NAME, what tc prints: {@code object:[section]}
 */
public record TcFilter(
        int ifindex,
        OptionalInt block,
        TcParent parent,
        int chain,
        int priority,
        int protocol,
        int handle,
        OptionalInt progId,
        String name,
        Set<Flag> flags,
        OptionalInt classId) {
    /** TCA_BPF_FLAGS and TCA_BPF_FLAGS_GEN. */
    public enum Flag {
        DIRECT_ACTION("direct_action"),
        IN_HW("in_hw"),
        SKIP_HW("skip_hw"),
        SKIP_SW("skip_sw");

        private final String label;

        Flag(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public TcFilter {
        flags = Set.copyOf(flags);
    }

    /** {@code all}, {@code ip}, {@code ipv6}, {@code arp}, else {@code 0x88cc}. */
    public String protocolLabel() {
        return protocolLabel(protocol);
    }

    public static String protocolLabel(int protocol) {
        return switch (protocol) {
            case 0x0003 -> "all";
            case 0x0800 -> "ip";
            case 0x86dd -> "ipv6";
            case 0x0806 -> "arp";
            default -> "0x" + String.format(Locale.ROOT, "%04x", protocol);
        };
    }
}

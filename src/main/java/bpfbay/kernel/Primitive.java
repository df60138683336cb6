package bpfbay.kernel;

import java.util.Locale;

/** The one call that replaces a program at a place, and how far the kernel itself guards it. */
public enum Primitive {
    XDP_LINK("BPF_LINK_UPDATE, expected program", Safety.COMPARE_AND_SWAP),
    XDP_NETLINK("RTM_SETLINK, expected program", Safety.COMPARE_AND_SWAP),
    TCX_LINK("BPF_LINK_UPDATE, expected program", Safety.COMPARE_AND_SWAP),
    TCX_PROGRAM("BPF_PROG_ATTACH, replaced program and revision", Safety.COMPARE_AND_SWAP),
    NETKIT_LINK("BPF_LINK_UPDATE, expected program", Safety.COMPARE_AND_SWAP),
    NETKIT_PROGRAM("BPF_PROG_ATTACH, replaced program and revision", Safety.COMPARE_AND_SWAP),
    CGROUP_LINK("BPF_LINK_UPDATE, expected program", Safety.COMPARE_AND_SWAP),
    CGROUP_PROGRAM("BPF_PROG_ATTACH, replaced program", Safety.COMPARE_AND_SWAP),
    FILTER("RTM_NEWTFILTER, checked by the order of notifications", Safety.ORDERED_CHECK);

    private final String label;
    private final Safety safety;

    Primitive(String label, Safety safety) {
        this.label = label;
        this.safety = safety;
    }

    /** The word of the machine interface for the kind of place: {@code xdp_link}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kernel's word for the call, and what it is told to expect. */
    public String label() {
        return label;
    }

    public Safety safety() {
        return safety;
    }

    /** Who finds out that somebody else was faster. */
    public enum Safety {
        /** The kernel, which then does nothing. */
        COMPARE_AND_SWAP("compare-and-swap"),
        /** bpfbay, right afterwards and exactly; the other's program is then put back. */
        ORDERED_CHECK("ordered-check"),
        /** Nobody; no packet meets an empty hook. */
        ATOMIC("atomic");

        private final String label;

        Safety(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import java.util.List;

/** IFLA_XDP: which program stands where on one device. */
final class XdpAttributes {
    private static final int IFLA_XDP_ATTACHED = 2;
    private static final int IFLA_XDP_PROG_ID = 4;
    private static final int IFLA_XDP_DRV_PROG_ID = 5;
    private static final int IFLA_XDP_SKB_PROG_ID = 6;
    private static final int IFLA_XDP_HW_PROG_ID = 7;

    private static final int XDP_ATTACHED_DRV = 1;
    private static final int XDP_ATTACHED_SKB = 2;
    private static final int XDP_ATTACHED_HW = 3;

    private XdpAttributes() {}

    /** Appends what is attached to {@code states}: nothing, one, or with XDP_ATTACHED_MULTI one a mode. */
    static void decode(int ifindex, NetlinkAttributes attributes, List<XdpState> states) {
        int attached = 0;
        int single = 0;
        int before = states.size();
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_XDP_ATTACHED -> attached = attributes.u8();
                case IFLA_XDP_PROG_ID -> single = attributes.u32();
                case IFLA_XDP_DRV_PROG_ID -> add(states, ifindex, XdpMode.NATIVE, attributes.u32());
                case IFLA_XDP_SKB_PROG_ID -> add(states, ifindex, XdpMode.GENERIC, attributes.u32());
                case IFLA_XDP_HW_PROG_ID -> add(states, ifindex, XdpMode.OFFLOADED, attributes.u32());
                default -> {}
            }
        }
        /* before 4.19 there is only the one id, and the mode beside it */
        if (states.size() == before && single != 0) {
            switch (attached) {
                case XDP_ATTACHED_DRV -> add(states, ifindex, XdpMode.NATIVE, single);
                case XDP_ATTACHED_SKB -> add(states, ifindex, XdpMode.GENERIC, single);
                case XDP_ATTACHED_HW -> add(states, ifindex, XdpMode.OFFLOADED, single);
                default -> {}
            }
        }
    }

    private static void add(List<XdpState> states, int ifindex, XdpMode mode, int progId) {
        if (progId != 0) {
            states.add(new XdpState(ifindex, mode, progId));
        }
    }
}

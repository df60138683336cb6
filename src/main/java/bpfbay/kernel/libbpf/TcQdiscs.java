package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The qdiscs of one RTM_GETQDISC dump that can hold filters. */
record TcQdiscs(List<Qdisc> qdiscs, int damaged) {
    static final TcQdiscs NONE = new TcQdiscs(List.of(), 0);

    static final int TCMSG = 20;
    static final int TCA_KIND = 1;
    private static final int RTM_NEWQDISC = 36;
    private static final int TCA_INGRESS_BLOCK = 13;
    private static final int TCA_EGRESS_BLOCK = 14;

    /* by far the most common ones, which have no filters */
    private static final Set<String> WITHOUT_FILTERS =
            Set.of("noqueue", "pfifo_fast", "pfifo", "bfifo", "mq", "mqprio", "fq", "noop", "tbf", "netem");
    /* others have filters on the qdisc alone, and sometimes a class for every flow of a packet */
    private static final Set<String> WITH_CLASS_FILTERS = Set.of("htb", "hfsc", "cbq", "atm");

    /** One qdisc; the blocks are those it shares. Counters are left out, so that it stays equal to itself. */
    record Qdisc(int ifindex, int handle, int parent, String kind, OptionalInt ingressBlock, OptionalInt egressBlock) {
        boolean isClsact() {
            return kind.equals("clsact");
        }

        boolean isIngress() {
            return kind.equals("ingress");
        }

        boolean hasClassFilters() {
            return WITH_CLASS_FILTERS.contains(kind);
        }
    }

    /** What is read of a qdisc; without its counters it stays the same bytes under traffic. */
    static final long WANTED = NetlinkRequests.wanted(TCA_KIND, TCA_INGRESS_BLOCK, TCA_EGRESS_BLOCK);

    static TcQdiscs decode(NetlinkMessages messages) {
        List<Qdisc> qdiscs = new ArrayList<>();
        while (messages.next()) {
            if (messages.type() == RTM_NEWQDISC && messages.holds(TCMSG)) {
                Qdisc qdisc = read(messages);
                if (!WITHOUT_FILTERS.contains(qdisc.kind)) {
                    qdiscs.add(qdisc);
                }
            }
        }
        return new TcQdiscs(List.copyOf(qdiscs), messages.damaged());
    }

    /** The one message that the cursor stands on. */
    static Qdisc read(NetlinkMessages messages) {
        String kind = "";
        OptionalInt ingress = OptionalInt.empty();
        OptionalInt egress = OptionalInt.empty();
        NetlinkAttributes attributes = messages.attributes(TCMSG);
        while (attributes.next()) {
            switch (attributes.type()) {
                case TCA_KIND -> kind = attributes.text();
                case TCA_INGRESS_BLOCK -> ingress = OptionalInt.of(attributes.u32());
                case TCA_EGRESS_BLOCK -> egress = OptionalInt.of(attributes.u32());
                default -> {}
            }
        }
        return new Qdisc(messages.int32(4), messages.int32(8), messages.int32(12), kind, ingress, egress);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.libbpf.TcQdiscs.Qdisc;
import bpfbay.model.TcParent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A place that may hold filters: a direction, a qdisc or a class of one device; with a block where it is shared. */
record TcPoint(int ifindex, TcParent parent, OptionalInt block) {
    private static final int RTM_NEWTCLASS = 40;
    private static final int TC_H_ROOT = 0xffffffff;

    /** Those of the qdiscs themselves. */
    static List<TcPoint> of(List<Qdisc> qdiscs) {
        List<TcPoint> points = new ArrayList<>();
        for (Qdisc qdisc : qdiscs) {
            if (qdisc.isClsact() || qdisc.isIngress()) {
                points.add(new TcPoint(qdisc.ifindex(), TcParent.INGRESS, qdisc.ingressBlock()));
                if (qdisc.isClsact()) {
                    points.add(new TcPoint(qdisc.ifindex(), TcParent.EGRESS, qdisc.egressBlock()));
                }
            } else if (qdisc.handle() != 0 || qdisc.parent() == TC_H_ROOT) {
                points.add(new TcPoint(qdisc.ifindex(), new TcParent(qdisc.handle()), OptionalInt.empty()));
            }
        }
        return points;
    }

    /** Those of the classes of one RTM_GETTCLASS dump, as far as the qdiscs given own them. */
    static List<TcPoint> ofClasses(NetlinkMessages messages, List<Qdisc> qdiscs) {
        List<TcPoint> points = new ArrayList<>();
        while (messages.next()) {
            if (messages.type() != RTM_NEWTCLASS || !messages.holds(TcQdiscs.TCMSG)) {
                continue;
            }
            int ifindex = messages.int32(4);
            int handle = messages.int32(8);
            if (qdiscs.stream()
                    .anyMatch(q -> q.hasClassFilters()
                            && q.ifindex() == ifindex
                            && (q.handle() ^ handle) >>> 16 == 0
                            && q.handle() != handle)) {
                points.add(new TcPoint(ifindex, new TcParent(handle), OptionalInt.empty()));
            }
        }
        return points;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcPoint that
                && that.ifindex == ifindex
                && that.parent.equals(parent)
                && that.block.equals(block);
    }

    @Override
    public int hashCode() {
        return 31 * ifindex + parent.hashCode();
    }

    void ask(NetlinkRequests requests) {
        if (block.isPresent()) {
            requests.blockFilters(block.getAsInt());
        } else {
            requests.filters(ifindex, parent.handle());
        }
    }
}

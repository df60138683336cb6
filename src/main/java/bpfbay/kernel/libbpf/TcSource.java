package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.libbpf.TcQdiscs.Qdisc;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;
import bpfbay.model.TcFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The filters of one namespace: which qdiscs and classes may hold any is known from the qdiscs, and each
 * of those is asked. A shared block is asked once and seen through each of its devices.
 */
final class TcSource {
    private final NetlinkSource netlink;
    private final NetlinkRequests requests = new NetlinkRequests();

    TcSource(NetlinkSource netlink) {
        this.netlink = netlink;
    }

    /** What is kept of one namespace between two looks. */
    static final class Memory {
        private final Kept<Found> found = new Kept<>(Found.NONE);
        private List<TcPoint> points = List.of();
    }

    /** Filters in running order within a point. */
    record Found(List<TcFilter> filters, List<Problem> problems) {
        static final Found NONE = new Found(List.of(), List.of());
    }

    Found filters(NetNamespace namespace, List<Qdisc> qdiscs, Memory memory) {
        if (qdiscs.isEmpty()) {
            return Found.NONE;
        }
        List<Problem> problems = new ArrayList<>();
        List<TcPoint> points = points(namespace, qdiscs, problems);
        requests.clear();
        Map<Object, Integer> asked = new LinkedHashMap<>();
        for (TcPoint point : points) {
            Object what = point.block().isPresent() ? point.block() : point;
            if (asked.putIfAbsent(what, requests.count()) == null) {
                point.ask(requests);
            }
        }
        NetlinkDump dump = netlink.dump(namespace, requests);
        if (!points.equals(memory.points)) {
            memory.points = points;
            memory.found.forget();
        }
        Found found = memory.found.of(dump.bytes(), () -> decode(namespace, points, asked, dump));
        problems.addAll(found.problems);
        return problems.equals(found.problems) ? found : new Found(found.filters, problems);
    }

    private List<TcPoint> points(NetNamespace namespace, List<Qdisc> qdiscs, List<Problem> problems) {
        List<TcPoint> points = TcPoint.of(qdiscs);
        Set<Integer> devices = new LinkedHashSet<>();
        for (Qdisc qdisc : qdiscs) {
            if (qdisc.hasClassFilters()) {
                devices.add(qdisc.ifindex());
            }
        }
        if (!devices.isEmpty()) {
            requests.clear();
            for (int ifindex : devices) {
                requests.classes(ifindex);
            }
            NetlinkDump dump = netlink.dump(namespace, requests);
            for (NetlinkDump.Reply reply : dump.replies()) {
                NetlinkMessages messages = dump.messages(reply);
                points.addAll(TcPoint.ofClasses(messages, qdiscs));
                NetworkProblems.add(problems, "RTM_GETTCLASS", namespace, reply, messages.damaged());
            }
        }
        return points;
    }

    private static Found decode(
            NetNamespace namespace, List<TcPoint> points, Map<Object, Integer> asked, NetlinkDump dump) {
        List<TcFilter> filters = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (TcPoint point : points) {
            int index = asked.getOrDefault(point.block().isPresent() ? point.block() : point, 0);
            NetlinkDump.Reply reply = dump.replies().get(index);
            NetlinkMessages messages = dump.messages(reply);
            filters.addAll(TcFilters.decode(messages, point));
            /* a device or qdisc that has gone meanwhile is no problem */
            if (reply.errno() != Errno.ENODEV && reply.errno() != Errno.EINVAL) {
                NetworkProblems.add(problems, "RTM_GETTFILTER", namespace, reply, messages.damaged());
            }
        }
        return new Found(List.copyOf(filters), List.copyOf(problems));
    }
}

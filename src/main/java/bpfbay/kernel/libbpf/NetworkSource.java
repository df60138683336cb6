package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.AttachType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network namespace shows. Filters, tcx and netkit are asked only while a sched_cls program is
 * loaded; a classic BPF filter, which has no id, is thus seen beside such a program and not alone.
 */
final class NetworkSource {
    /** Those whose hooks are asked only while one is loaded. */
    static final Set<Integer> PROGRAM_TYPES =
            Set.of(ProgType.SCHED_CLS.value(), ProgType.FLOW_DISSECTOR.value(), ProgType.SK_LOOKUP.value());

    private final NetlinkSource netlink = new NetlinkSource();
    private final NetlinkRequests requests = new NetlinkRequests();
    private final TcSource tc = new TcSource(netlink);
    private final ChainSource chains = new ChainSource();
    private final XdpFeatures features = new XdpFeatures(netlink);
    private final Map<Long, Memory> memories = new HashMap<>();

    /** What is kept of one namespace; the cookie tells it from a later one of the same inode. */
    private static final class Memory {
        private final OptionalLong cookie;
        private final Kept<NetlinkLinks> links = new Kept<>(NetlinkLinks.NONE);
        private final Kept<TcQdiscs> qdiscs = new Kept<>(TcQdiscs.NONE);
        private final TcSource.Memory filters = new TcSource.Memory();
        private final XdpFeatures.Memory features = new XdpFeatures.Memory();
        private final ChainSource.Memory chains = new ChainSource.Memory();
        private NetworkView view;

        Memory(NetNamespace namespace) {
            cookie = namespace.cookie();
            view = new NetworkView(namespace.inode(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        }
    }

    NetworkView network(NetNamespace namespace, Set<Integer> programTypes) {
        Memory memory = memories.compute(
                namespace.inode(),
                (inode, kept) -> kept != null && kept.cookie.equals(namespace.cookie()) ? kept : new Memory(namespace));
        boolean hasFilters = programTypes.contains(ProgType.SCHED_CLS.value());
        List<Problem> problems = new ArrayList<>();
        requests.clear();
        requests.links();
        if (hasFilters) {
            requests.qdiscs();
        }
        NetlinkDump dump = netlink.dump(namespace, requests);
        NetlinkLinks links = links(namespace, dump, memory, problems);
        TcQdiscs qdiscs = hasFilters ? qdiscs(namespace, dump, memory, problems) : TcQdiscs.NONE;
        TcSource.Found filters = tc.filters(namespace, qdiscs.qdiscs(), memory.filters);
        askChains(links, programTypes);
        ChainSource.Found found = chains.answers(namespace, memory.chains);
        problems.addAll(filters.problems());
        problems.addAll(found.problems());
        NetworkView view = new NetworkView(
                namespace.inode(),
                features.interfaces(namespace, links, memory.features),
                links.xdp(),
                filters.filters(),
                found.chains(),
                found.hooks(),
                problems);
        if (!isSame(view, memory.view)) {
            memory.view = view;
        }
        return memory.view;
    }

    /** Drops what is kept of all others. */
    void retain(Collection<NetNamespace> namespaces) {
        if (memories.size() > namespaces.size()) {
            memories.keySet()
                    .retainAll(namespaces.stream().map(NetNamespace::inode).collect(Collectors.toSet()));
        }
    }

    private NetlinkLinks links(NetNamespace namespace, NetlinkDump dump, Memory memory, List<Problem> problems) {
        NetlinkDump.Reply reply = dump.replies().get(0);
        NetlinkLinks links =
                memory.links.of(dump.slice(reply), () -> NetlinkLinks.decode(dump.messages(reply), namespace.inode()));
        NetworkProblems.add(problems, "RTM_GETLINK", namespace, reply, links.damaged());
        return links;
    }

    private TcQdiscs qdiscs(NetNamespace namespace, NetlinkDump dump, Memory memory, List<Problem> problems) {
        NetlinkDump.Reply reply = dump.replies().get(1);
        TcQdiscs qdiscs = memory.qdiscs.of(dump.slice(reply), () -> TcQdiscs.decode(dump.messages(reply)));
        /* a kernel without traffic control has no filters either */
        if (reply.errno() != Errno.EOPNOTSUPP) {
            NetworkProblems.add(problems, "RTM_GETQDISC", namespace, reply, qdiscs.damaged());
        }
        return qdiscs;
    }

    private void askChains(NetlinkLinks links, Set<Integer> programTypes) {
        chains.clear();
        if (programTypes.contains(ProgType.SCHED_CLS.value())) {
            for (NetInterface device : links.interfaces()) {
                chains.askTcx(device.ifindex());
            }
            links.netkits().forEach(chains::askNetkit);
        }
        if (programTypes.contains(ProgType.FLOW_DISSECTOR.value())) {
            chains.askNamespace(AttachType.FLOW_DISSECTOR);
        }
        if (programTypes.contains(ProgType.SK_LOOKUP.value())) {
            chains.askNamespace(AttachType.SK_LOOKUP);
        }
    }

    /* lists that are kept are the same instances, so that this compares a handful of references */
    private static boolean isSame(NetworkView a, NetworkView b) {
        return a.interfaces() == b.interfaces()
                && a.xdp() == b.xdp()
                && a.filters() == b.filters()
                && a.chains() == b.chains()
                && a.netnsHooks() == b.netnsHooks()
                && a.problems().equals(b.problems());
    }
}

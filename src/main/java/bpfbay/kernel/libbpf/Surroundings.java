package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices, addresses and routes of the namespaces, each asked for when it is needed. */
final class Surroundings {
    private final NetlinkSource netlink;
    private final NetlinkRequests requests = new NetlinkRequests();
    private final Map<Long, NetNamespace> namespaces = new HashMap<>();
    private final Map<Long, Seen> seen = new HashMap<>();
    private final List<KernelException> failures = new ArrayList<>();

    Surroundings(NetlinkSource netlink, List<NetNamespace> namespaces) {
        this.netlink = netlink;
        namespaces.forEach(namespace -> this.namespaces.putIfAbsent(namespace.inode(), namespace));
    }

    /** What could not be asked; nothing of it is among the answers. */
    List<KernelException> failures() {
        return List.copyOf(failures);
    }

    private record Seen(Map<Integer, NetInterface> devices, List<NetlinkAddresses.Address> addresses) {}

    Iterable<Long> netns() {
        return namespaces.keySet();
    }

    Iterable<NetInterface> devices(long netns) {
        return look(netns).devices.values();
    }

    Optional<NetInterface> device(long netns, int ifindex) {
        return Optional.ofNullable(look(netns).devices.get(ifindex));
    }

    boolean owns(long netns, InetAddress address) {
        return look(netns).addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    /** Ifindexes of the devices that have the address. */
    List<Integer> having(long netns, InetAddress address) {
        return look(netns).addresses.stream()
                .filter(own -> own.address().equals(address))
                .map(NetlinkAddresses.Address::ifindex)
                .toList();
    }

    /** The way of a socket's packets; empty where the kernel knows none. */
    Optional<NetlinkRoute> route(long netns, TcpSocket socket) {
        requests.clear();
        NetlinkRoute.ask(requests, socket.remote().address(), socket.local().address(), socket.boundTo());
        return route(netns);
    }

    /** The way of packets to an address that are forwarded. */
    Optional<NetlinkRoute> route(long netns, InetAddress to) {
        requests.clear();
        NetlinkRoute.ask(requests, to);
        return route(netns);
    }

    private Optional<NetlinkRoute> route(long netns) {
        try {
            NetlinkDump dump = netlink.dump(namespace(netns), requests);
            NetlinkDump.Reply reply = dump.replies().get(0);
            return reply.errno() == 0 ? NetlinkRoute.decode(dump.messages(reply)) : Optional.empty();
        } catch (KernelException failed) {
            failures.add(failed);
            return Optional.empty();
        }
    }

    private Seen look(long netns) {
        Seen kept = seen.get(netns);
        if (kept == null) {
            kept = tryToAsk(namespace(netns));
            seen.put(netns, kept);
        }
        return kept;
    }

    private Seen tryToAsk(NetNamespace namespace) {
        try {
            return ask(namespace);
        } catch (KernelException failed) {
            failures.add(failed);
            return new Seen(Map.of(), List.of());
        }
    }

    private Seen ask(NetNamespace namespace) {
        requests.clear();
        requests.links();
        requests.addresses();
        NetlinkDump dump = netlink.dump(namespace, requests);
        NetlinkLinks links =
                NetlinkLinks.decode(dump.messages(whole(dump, namespace, 0, "RTM_GETLINK")), namespace.inode());
        NetlinkAddresses addresses = NetlinkAddresses.decode(dump.messages(whole(dump, namespace, 1, "RTM_GETADDR")));
        Map<Integer, NetInterface> devices = new HashMap<>();
        links.interfaces().forEach(device -> devices.put(device.ifindex(), device));
        return new Seen(devices, addresses.addresses());
    }

    private NetNamespace namespace(long netns) {
        NetNamespace known = namespaces.get(netns);
        if (known == null) {
            throw new IllegalArgumentException("netns " + netns + " was not asked for");
        }
        return known;
    }

    private static NetlinkDump.Reply whole(NetlinkDump dump, NetNamespace namespace, int at, String operation) {
        NetlinkDump.Reply reply = dump.replies().get(at);
        if (reply.errno() != 0) {
            throw new KernelException(
                    new Problem(operation, NetlinkSource.objectOf(namespace), reply.errno(), "this list is missing"));
        }
        return reply;
    }
}

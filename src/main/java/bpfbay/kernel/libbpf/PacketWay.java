package bpfbay.kernel.libbpf;

import bpfbay.kernel.SshSessions.Hop;
import bpfbay.model.Endpoint;
import bpfbay.model.NetInterface;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/*
 * Which devices the packets of a connection come through, as far as they can be followed. They begin at the
 * devices that have the local address and at the one that the route to the other end goes out by: an
 * address may live on lo while the packets come in by eth0. From there the way leads down to whatever a
 * bridge, bond or VLAN stands on, and through a pair of devices into another namespace and on in it.
 * A bridge's ports all count, since only its forwarding table would tell which one it is at the moment.
 */
/** The way of one connection's packets. */
final class PacketWay {
    /* what their lower devices, ports or peers tell the rest of, or what has none */
    private static final Set<String> FOLLOWED = Set.of(
            "", "veth", "netkit", "vxcan", "bridge", "bond", "team", "vrf", "vlan", "macvlan", "macvtap", "ipvlan",
            "ipvtap", "dummy", "ifb");

    private final Surroundings surroundings;
    private final InetAddress remote;
    private final Map<Place, Hop> hops = new LinkedHashMap<>();
    private final List<String> openEnds = new ArrayList<>();

    private PacketWay(Surroundings surroundings, Endpoint remote) {
        this.surroundings = surroundings;
        this.remote = remote.address();
    }

    private record Place(long netns, int ifindex) {}

    static PacketWay of(Surroundings surroundings, long netns, TcpSocket socket) {
        PacketWay way = new PacketWay(surroundings, socket.remote());
        way.begin(netns, socket);
        return way;
    }

    /** The nearest to the socket first. */
    List<Hop> hops() {
        return List.copyOf(hops.values());
    }

    /** Why there may be more of them. */
    List<String> openEnds() {
        return List.copyOf(openEnds);
    }

    private void begin(long netns, TcpSocket socket) {
        Optional<NetlinkRoute> route = surroundings.route(netns, socket);
        InetAddress next = route.flatMap(NetlinkRoute::gateway).orElse(remote);
        boolean staysInside = route.isPresent() && route.get().isLocal();
        if (!staysInside) {
            for (int ifindex : surroundings.having(netns, socket.local().address())) {
                reach(netns, ifindex, next, "has the local address");
            }
        }
        route.ifPresent(found -> reach(netns, found.ifindex(), next, "is the way to " + text(remote)));
        if (socket.boundTo() != 0) {
            reach(netns, socket.boundTo(), next, "is what the socket is bound to");
        }
        if (hops.isEmpty()) {
            openEnds.add("there is no route to " + text(remote));
        }
    }

    private void reach(long netns, int ifindex, InetAddress next, String why) {
        surroundings.device(netns, ifindex).ifPresent(device -> {
            if (touch(device, why)) {
                follow(device, next);
                boolean leads = device.lower().isPresent()
                        || FOLLOWED.contains(device.kind().orElse(""));
                if (!leads) {
                    openEnds.add("what carries " + device.name() + " ("
                            + device.kind().orElse("") + ") cannot be told");
                }
            }
        });
    }

    /** True when it was not on the way before. */
    private boolean touch(NetInterface device, String why) {
        return hops.putIfAbsent(
                        new Place(device.netns(), device.ifindex()),
                        new Hop(device.netns(), device.ifindex(), device.name(), why))
                == null;
    }

    private void follow(NetInterface device, InetAddress next) {
        ports(device, next);
        device.lower().ifPresent(lower -> reach(device.netns(), lower, next, "carries " + device.name()));
        if (device.peer().isPresent()) {
            for (NetInterface other : others(device)) {
                if (touch(other, "is the other end of " + device.name())) {
                    onwards(other, next);
                }
            }
        }
    }

    private void ports(NetInterface device, InetAddress next) {
        for (NetInterface port : surroundings.devices(device.netns())) {
            if (isPort(port, device.ifindex())) {
                String why = "is a part of " + device.name();
                /* as a port a tap device is the far end: a virtual machine */
                if (!port.kind().equals(Optional.of("tun"))) {
                    reach(port.netns(), port.ifindex(), next, why);
                } else {
                    touch(port, why);
                }
            }
        }
    }

    private static boolean isPort(NetInterface port, int master) {
        return port.master().isPresent() && port.master().getAsInt() == master;
    }

    /* what is behind the far end of a pair: a bridge that it is a port of, or the routes of its namespace */
    private void onwards(NetInterface end, InetAddress next) {
        Optional<NetInterface> master = end.master().isPresent()
                ? surroundings.device(end.netns(), end.master().getAsInt())
                : Optional.empty();
        if (master.isPresent()) {
            if (!surroundings.owns(end.netns(), next)) {
                ports(master.get(), next);
                return;
            }
            touch(master.get(), "has " + end.name() + " for a port");
        }
        surroundings
                .route(end.netns(), remote)
                .filter(route -> !route.isLocal())
                .ifPresent(route -> reach(
                        end.netns(), route.ifindex(), route.gateway().orElse(remote), "is the way to " + text(remote)));
    }

    /**
     * The device at the other end. A number of it is all that the kernel gives, so that several namespaces
     * may have one that fits: then all of them count.
     */
    private List<NetInterface> others(NetInterface device) {
        boolean isPair = device.kind().filter(NetlinkLinks::isPair).isPresent();
        List<NetInterface> found = new ArrayList<>();
        for (long netns : surroundings.netns()) {
            surroundings
                    .device(netns, device.peer().orElseThrow())
                    .filter(other -> isPair
                            ? other.kind().equals(device.kind())
                                    && other.peer().equals(OptionalInt.of(device.ifindex()))
                            : netns != device.netns())
                    .ifPresent(found::add);
        }
        return found;
    }

    private static String text(InetAddress address) {
        return Endpoint.address(address);
    }
}

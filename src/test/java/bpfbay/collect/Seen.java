package bpfbay.collect;

import bpfbay.kernel.Listing;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.CgroupView;
import bpfbay.model.DeviceChain;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.SlotView;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Builds what the kernel would have answered, one fact a call. */
final class Seen {
    static final NetNamespace OWN = namespace(1000, NetNamespace.Scope.OWN);
    static final NetNamespace BLUE =
            new NetNamespace(2000, OptionalLong.empty(), List.of("blue"), "/run/netns/blue", NetNamespace.Scope.OTHER);

    final List<NetNamespace> namespaces = new ArrayList<>(List.of(OWN));
    final List<Link> links = new ArrayList<>();
    final List<Program> programs = new ArrayList<>();
    final Map<Long, Net> nets = new HashMap<>();
    CgroupView cgroups = new CgroupView(List.of(), Map.of(), List.of());

    /** One namespace under construction. */
    static final class Net {
        final List<NetInterface> interfaces = new ArrayList<>();
        final List<XdpState> xdp = new ArrayList<>();
        final List<TcFilter> filters = new ArrayList<>();
        final List<DeviceChain> chains = new ArrayList<>();

        Net device(int ifindex, String name) {
            interfaces.add(new NetInterface(
                    0,
                    ifindex,
                    name,
                    true,
                    1500,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    NetInterface.NOT_ASKED));
            return this;
        }

        Net xdp(int ifindex, XdpMode mode, int prog) {
            xdp.add(new XdpState(ifindex, mode, prog));
            return this;
        }

        Net filter(int ifindex, TcParent parent, int priority, int handle, int prog) {
            filters.add(new TcFilter(
                    ifindex,
                    OptionalInt.empty(),
                    parent,
                    0,
                    priority,
                    3,
                    handle,
                    OptionalInt.of(prog),
                    "",
                    Set.of(TcFilter.Flag.DIRECT_ACTION),
                    OptionalInt.empty()));
            return this;
        }

        Net chain(int ifindex, AttachType type, long revision, DeviceChain.Entry... entries) {
            chains.add(new DeviceChain(ifindex, type, revision, List.of(entries)));
            return this;
        }
    }

    static NetNamespace namespace(long inode, NetNamespace.Scope scope) {
        return new NetNamespace(inode, OptionalLong.empty(), List.of(), "/proc/1/ns/net", scope);
    }

    Net net(NetNamespace namespace) {
        return nets.computeIfAbsent(namespace.inode(), inode -> new Net());
    }

    Seen xdpLink(int id, int prog, OptionalLong netns, int ifindex) {
        return link(id, LinkType.XDP, prog, Optional.empty(), new AttachTarget.Netdev(netns, ifindex));
    }

    Seen link(int id, LinkType type, int prog, Optional<AttachType> attachType, AttachTarget target) {
        links.add(new Link(id, type, prog, attachType, target));
        return this;
    }

    static Program program(int id, ProgType type, String name, Integer... maps) {
        return new Program(
                id,
                type,
                name,
                "9af1c02e00000000",
                Instant.parse("2026-11-21T09:12:40Z"),
                0,
                Program.License.GPL_COMPATIBLE,
                64,
                80,
                OptionalLong.empty(),
                8,
                List.of(maps),
                OptionalInt.empty(),
                new Reading.Unsupported<>("BTF"),
                new Reading.NotAsked<>("not asked"),
                new Reading.NotAsked<>("not asked"));
    }

    Map<Long, NetworkView> views() {
        Map<Long, NetworkView> views = new HashMap<>();
        nets.forEach((inode, net) -> views.put(
                inode, new NetworkView(inode, net.interfaces, net.xdp, net.filters, net.chains, List.of(), List.of())));
        return views;
    }

    Observation observation() {
        return new Observation(
                Listing.of(namespaces),
                Listing.of(programs),
                Listing.of(links),
                Listing.of(List.of()),
                views(),
                cgroups,
                Listing.of(List.of()),
                Listing.of(List.of()),
                new SlotView(Reading.of(Map.of()), List.of()),
                Reading.of(Relations.Scan.PROC_FDINFO),
                List.of());
    }
}

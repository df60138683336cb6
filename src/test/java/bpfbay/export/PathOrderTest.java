package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.LinkType;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PathOrderTest {
    private static final long NETNS = Snapshots.OWN_NETNS;

    @Test
    void a_packet_meets_xdp_then_tcx_then_tc_then_netfilter() {
        assertEquals(
                List.of(
                        "eth0/xdp",
                        "eth0/tcx/ingress/1",
                        "eth0/tcx/ingress/2",
                        "eth0/tc/ingress/1:0x1",
                        "eth0/tc/ingress/7:0x10/chain:5/proto:0x88cc",
                        "netfilter/ipv4/prerouting/-128/1"),
                refs(path("eth0", Snapshots.edge()).ingress()));
    }

    @Test
    void outwards_the_socket_s_cgroup_comes_first_and_the_queueing_discipline_last() {
        assertEquals(
                List.of(
                        "cgroup:/system.slice/web.service/inet_egress/1",
                        "cgroup:/system.slice/web.service/inet_egress/2",
                        "cgroup:/inet_egress/1",
                        "eth0/tc/egress/49152:0x1",
                        "eth0/tc/parent:1:10/10:0x80000001/proto:ip"),
                refs(path("eth0", Snapshots.edge()).egress()));
    }

    @Test
    void a_dispatcher_is_followed_by_its_slots() {
        assertEquals(
                List.of("eth1/xdp", "eth1/xdp/slot:0", "eth1/xdp/slot:1", "netfilter/ipv4/prerouting/-128/1"),
                refs(path("eth1", Snapshots.edge()).ingress()));
    }

    @Test
    void a_bond_s_native_program_stands_on_its_slaves_too() {
        Snapshot snapshot = bond();
        PacketPath.Stage onBond = stage(path("bond0", snapshot), PacketPath.Hook.XDP_NATIVE);
        PacketPath.Stage onSlave = stage(path("eth1", snapshot), PacketPath.Hook.XDP_NATIVE);
        assertEquals(Optional.of("runs in the drivers of its slaves eth1, eth2"), onBond.note());
        assertEquals(onBond.attachments(), onSlave.attachments());
        assertEquals(Optional.of("attached to bond0, runs here"), onSlave.note());
    }

    @Test
    void devices_above_and_below_are_named() {
        assertEquals(List.of("upper eth0.100"), neighbours(path("eth0", Snapshots.edge())));
        assertEquals(List.of("lower eth0"), neighbours(path("eth0.100", Snapshots.edge())));
        assertEquals(List.of("lower eth1", "lower eth2"), neighbours(path("bond0", Snapshots.edge())));
        assertEquals(List.of("peer ifindex 2 in another namespace"), neighbours(path("lxc12a", Snapshots.edge())));
    }

    @Test
    void another_namespace_s_netfilter_and_socket_lookup_are_not_met() {
        NetInterface blue = Snapshots.edge().interfaces().stream()
                .filter(d -> d.netns() == Snapshots.BLUE_NETNS && d.name().equals("eth0"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("netns:blue/eth0/xdp", "netns:blue/netns/sk_lookup/1"),
                refs(PathOrder.of(blue, Snapshots.edge()).ingress()));
    }

    private static Snapshot bond() {
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(NETNS).device(NETNS, 5, "bond0", "bond");
        for (int i = 1; i <= 2; i++) {
            host.device(new NetInterface(
                    NETNS,
                    i,
                    "eth" + i,
                    true,
                    1500,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(5),
                    NetInterface.NOT_ASKED));
        }
        return host.program(1, ProgType.XDP, "xdp_fw")
                .link(2, LinkType.XDP, 1, new AttachTarget.Netdev(OptionalLong.empty(), 5))
                .attach(new Place.Xdp(new Device(NETNS, 5, "bond0"), XdpMode.NATIVE), Via.NETLINK, 1)
                .build();
    }

    private static PacketPath path(String device, Snapshot snapshot) {
        return PathOrder.of(
                snapshot.interfaces().stream()
                        .filter(d -> d.netns() == NETNS && d.name().equals(device))
                        .findFirst()
                        .orElseThrow(),
                snapshot);
    }

    private static PacketPath.Stage stage(PacketPath path, PacketPath.Hook hook) {
        return path.ingress().stream().filter(s -> s.hook() == hook).findFirst().orElseThrow();
    }

    private static List<String> refs(List<PacketPath.Stage> stages) {
        return stages.stream()
                .flatMap(s -> s.attachments().stream())
                .map(Attachment::ref)
                .toList();
    }

    private static List<String> neighbours(PacketPath path) {
        return path.neighbours().stream()
                .map(n -> n.tie().label() + " " + n.name())
                .toList();
    }
}

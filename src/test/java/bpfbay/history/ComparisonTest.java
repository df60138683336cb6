package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.AttachTarget;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Holder;
import bpfbay.model.Host;
import bpfbay.model.LinkType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Device ETH0 = new Device(7, 2, "eth0");
    /** The same interface of another host. */
    private static final Device ETH0_THERE = new Device(9, 5, "eth0");

    @Test
    void a_picture_does_not_differ_from_itself() {
        assertEquals(List.of(), Comparison.of(Snapshots.edge(), Snapshots.edge()));
    }

    @Test
    void two_hosts_that_run_the_same_differ_in_nothing() {
        assertEquals(
                List.of(),
                Comparison.of(
                        host("a", 7, ETH0, 100, "fw", "nat").build(),
                        host("b", 9, ETH0_THERE, 900, "fw", "nat").build()));
    }

    @Test
    void another_order_on_another_host_is_told_by_names() {
        assertEquals(
                List.of(new Difference(
                        "eth0",
                        "eth0/tcx/ingress/1",
                        Difference.What.ORDER,
                        List.of("fw", "nat"),
                        List.of("nat", "fw"))),
                Comparison.of(
                        host("a", 7, ETH0, 100, "fw", "nat").build(),
                        host("b", 9, ETH0_THERE, 900, "nat", "fw").build()));
    }

    @Test
    void what_one_host_lacks_and_another_mode_are_told() {
        Snapshot one = host("a", 7, ETH0, 100, "fw", "nat")
                .program(50, ProgType.XDP, "xdp")
                .attach(new Place.Xdp(ETH0, XdpMode.NATIVE), Via.NETLINK, 50)
                .build();
        Snapshot other = host("b", 9, ETH0_THERE, 900, "fw")
                .program(50, ProgType.XDP, "xdp")
                .attach(new Place.Xdp(ETH0_THERE, XdpMode.GENERIC), Via.NETLINK, 50)
                .build();
        List<Difference> differences = Comparison.of(one, other);
        assertEquals(
                List.of(Difference.What.MODE, Difference.What.ATTACHED),
                differences.stream().map(Difference::what).toList());
        assertEquals(List.of("native by netlink"), differences.get(0).before());
        assertEquals("eth0/tcx/ingress/2", differences.get(1).ref());
        assertEquals(List.of(), differences.get(1).after());
    }

    @Test
    void within_one_boot_a_link_stays_itself_whatever_it_runs() {
        assertEquals(
                List.of(Difference.What.PROGRAM),
                Comparison.of(linked(1, "old").build(), linked(2, "new").build()).stream()
                        .map(Difference::what)
                        .toList());
    }

    @Test
    void owners_and_pins_are_compared_without_their_numbers() {
        Holder here = new Holder(12, 1, "agent", Optional.empty(), Optional.empty(), Optional.empty());
        Holder there = new Holder(99, 5, "agent", Optional.empty(), Optional.empty(), Optional.empty());
        Holder other = new Holder(99, 5, "thief", Optional.empty(), Optional.empty(), Optional.empty());
        SnapshotBuilder one = linked(1, "fw").hold(here, ObjectId.link(88)).pin(ObjectId.link(88), "/proc/1/root/b/x");
        SnapshotBuilder two = linked(1, "fw").hold(there, ObjectId.link(88)).pin(ObjectId.link(88), "/proc/2/root/b/x");
        assertEquals(List.of(), Comparison.of(one.build(), two.build()));
        SnapshotBuilder three = linked(1, "fw").hold(other, ObjectId.link(88)).pin(ObjectId.link(88), "/b/y");
        assertEquals(
                List.of(Difference.What.OWNERS, Difference.What.PINS),
                Comparison.of(one.build(), three.build()).stream()
                        .map(Difference::what)
                        .toList());
    }

    @Test
    void a_pin_of_nothing_attached_is_told_by_its_path() {
        assertEquals(
                List.of(new Difference("", "/sys/fs/bpf/v2", Difference.What.PINS, List.of(), List.of("map"))),
                Comparison.of(
                        linked(1, "fw").build(),
                        linked(1, "fw").pin(ObjectId.map(3), "/sys/fs/bpf/v2").build()));
    }

    @Test
    void what_one_host_keeps_for_a_way_back_is_no_difference() {
        String kept = "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/";
        assertEquals(
                List.of(),
                Comparison.of(
                        linked(1, "fw").build(),
                        linked(1, "fw")
                                .pin(ObjectId.prog(1), kept + "old-0")
                                .pin(ObjectId.map(3), kept + "array-3")
                                .build()));
    }

    @Test
    void a_pin_that_stays_is_no_difference_when_its_attachment_goes() {
        Snapshot attached = linked(1, "fw").pin(ObjectId.link(88), "/b/x").build();
        Snapshot alone = new SnapshotBuilder()
                .ownNamespace(7)
                .program(1, ProgType.XDP, "fw")
                .link(88, LinkType.XDP, 1, new AttachTarget.Netdev(OptionalLong.of(7), 2))
                .pin(ObjectId.link(88), "/b/x")
                .build();
        List<Difference> differences = Comparison.of(attached, alone);
        assertEquals(
                List.of("detached"), differences.stream().map(Difference::word).toList());
    }

    @Test
    void of_several_pins_those_that_differ_are_told() {
        SnapshotBuilder two = linked(1, "fw").pin(ObjectId.link(88), "/b/x").pin(ObjectId.link(88), "/b/y");
        Difference lost = Comparison.of(
                        two.build(),
                        linked(1, "fw").pin(ObjectId.link(88), "/b/x").build())
                .get(0);
        assertEquals("unpinned", lost.word());
        assertEquals(List.of("link  /b/y"), lost.gone());
        assertEquals(List.of(), lost.come());
        assertEquals(2, lost.before().size());
    }

    @Test
    void owners_that_one_picture_could_not_see_are_not_compared() {
        Holder agent = new Holder(12, 1, "agent", Optional.empty(), Optional.empty(), Optional.empty());
        Snapshot seen = linked(1, "fw").hold(agent, ObjectId.link(88)).build();
        Snapshot blind = linked(1, "fw")
                .ownership(new Reading.Denied<>("CAP_SYS_PTRACE"))
                .build();
        assertEquals(List.of(), Comparison.of(blind, seen));
        assertEquals(Optional.of("needs CAP_SYS_PTRACE"), Comparison.ownersUnseen(seen, blind));
        assertEquals(Optional.empty(), Comparison.ownersUnseen(seen, seen));
    }

    private static SnapshotBuilder linked(int progId, String name) {
        return new SnapshotBuilder()
                .ownNamespace(7)
                .program(progId, ProgType.XDP, name)
                .link(88, LinkType.XDP, progId, new AttachTarget.Netdev(OptionalLong.of(7), 2))
                .attachByLink(new Place.Xdp(ETH0, XdpMode.NATIVE), progId, 88);
    }

    private static SnapshotBuilder host(String name, long netns, Device device, int firstId, String... programs) {
        SnapshotBuilder host = new SnapshotBuilder()
                .host(new Host(name, "6.18", "1.1", "boot of " + name))
                .ownNamespace(netns);
        Place.Tcx place = new Place.Tcx(device, Direction.INGRESS);
        int id = firstId;
        for (String program : programs) {
            host.program(id, ProgType.SCHED_CLS, program).attach(place, Via.PROG, id);
            id++;
        }
        return host;
    }
}

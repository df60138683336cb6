package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.AttachTarget;
import bpfbay.model.Device;
import bpfbay.model.LinkType;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.Histories;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static final Place ETH0 = new Place.Xdp(new Device(1000, 2, "eth0"), XdpMode.NATIVE);

    private static SnapshotBuilder host() {
        return new SnapshotBuilder()
                .ownNamespace(1000)
                .device(1000, 2, "eth0")
                .program(11, ProgType.XDP, "xdp_fw")
                .program(12, ProgType.XDP, "xdp_fw");
    }

    private static List<Change> attachments(Snapshot before, Snapshot after) {
        return Diff.between(before, after).stream()
                .filter(change -> change.identity() instanceof Identity.OfAttachment)
                .toList();
    }

    @Test
    void equal_hosts_differ_in_nothing() {
        Snapshot one = host().attach(ETH0, Via.NETLINK, 11).build();
        Snapshot other = host().attach(ETH0, Via.NETLINK, 11).build();

        assertEquals(List.of(), Diff.between(one, other));
    }

    /** What is shared is looked at only where a holder or a pin is another; what is not is compared in full. */
    @Property(tries = 60)
    void what_is_shared_hides_no_change(@ForAll long seed) {
        List<Snapshot> pictures = Histories.of(Snapshots.edge(), seed, 25);
        for (int i = 1; i < pictures.size(); i++) {
            Snapshot before = pictures.get(i - 1);
            Snapshot after = pictures.get(i);
            assertEquals(
                    Diff.between(Histories.apart(before), Histories.apart(after)),
                    Diff.between(before, after),
                    "picture " + i);
        }
    }

    @Test
    void another_program_at_the_same_hook_is_one_change_and_no_coming_and_going() {
        List<Change> changes = attachments(
                host().attach(ETH0, Via.NETLINK, 11).build(),
                host().attach(ETH0, Via.NETLINK, 12).build());

        assertEquals(1, changes.size());
        assertTrue(changes.get(0) instanceof Change.Altered a && a.aspects().contains(Aspect.PROGRAM));
    }

    @Test
    void a_renamed_device_keeps_its_attachment() {
        Place renamed = new Place.Xdp(new Device(1000, 2, "wan0"), XdpMode.NATIVE);

        List<Change> changes = attachments(
                host().attach(ETH0, Via.NETLINK, 11).build(),
                host().attach(renamed, Via.NETLINK, 11).build());

        assertTrue(changes.stream().allMatch(Change.Altered.class::isInstance), () -> changes.toString());
    }

    @Test
    void learning_the_namespace_of_a_link_is_no_change() {
        AttachTarget vague = new AttachTarget.Netfilter(OptionalLong.empty(), 2, 1, -128);
        AttachTarget.Netfilter known = new AttachTarget.Netfilter(OptionalLong.of(1000), 2, 1, -128);
        Place before = new Place.NetfilterHook(OptionalLong.empty(), (AttachTarget.Netfilter) vague);
        Place after = new Place.NetfilterHook(OptionalLong.of(1000), known);

        List<Change> changes = Diff.between(
                host().link(5, LinkType.NETFILTER, 11, vague)
                        .attachByLink(before, 11, 5)
                        .build(),
                host().link(5, LinkType.NETFILTER, 11, known)
                        .attachByLink(after, 11, 5)
                        .build());

        assertEquals(List.of(), changes);
    }

    @Test
    void a_link_whose_device_moved_to_another_namespace_has_changed() {
        List<Change> changes = Diff.between(
                host().link(5, LinkType.XDP, 11, new AttachTarget.Netdev(OptionalLong.of(1000), 2))
                        .build(),
                host().link(5, LinkType.XDP, 11, new AttachTarget.Netdev(OptionalLong.of(2000), 2))
                        .build());

        assertEquals(1, changes.size());
        assertTrue(changes.get(0) instanceof Change.Altered a && a.aspects().contains(Aspect.PLACE));
    }

    @Test
    void a_pin_for_a_way_back_does_not_change_what_it_keeps() {
        List<Change> changes = Diff.between(Snapshots.edge(), Later.keptForTheWayBack());

        assertEquals(1, changes.size(), changes::toString);
        assertTrue(changes.get(0) instanceof Change.Appeared a && a.after().thing() instanceof Thing.Pinned);
    }

    @Test
    void what_is_gone_is_remembered_for_a_while_and_then_forgotten() {
        Snapshot before = host().attach(ETH0, Via.NETLINK, 11).build();
        Snapshot after = host().build();

        Recent recent = Recent.NOTHING.after(before, after);
        Recent later = recent.after(after, at(after, Recent.REMEMBERED.plusSeconds(1)));

        assertEquals(1, recent.tombstones().size());
        assertEquals(0, later.tombstones().size());
    }

    private static Snapshot at(Snapshot s, Duration later) {
        return new Snapshot(
                s.host(),
                s.takenAt().plus(later),
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                s.pins(),
                s.cgroups(),
                s.index(),
                s.activity(),
                s.own(),
                s.problems());
    }
}

package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Snapshot edge = Snapshots.edge();

    private Identity identity(String ref) {
        return edge.attachments().stream()
                .filter(a -> a.ref().equals(ref))
                .findFirst()
                .map(Identity::of)
                .orElseThrow();
    }

    @Test
    void the_same_host_has_not_changed() {
        assertEquals(List.of(), Diff.between(edge, Later.with(edge, edge.attachments())));
        assertSame(Recent.NOTHING, Recent.NOTHING.after(edge, Later.with(edge, edge.attachments())));
    }

    @Test
    void another_order_of_the_list_is_no_change() {
        List<Attachment> turned = new ArrayList<>(edge.attachments());
        Collections.reverse(turned);
        assertEquals(List.of(), Diff.between(edge, Later.with(edge, turned)));
    }

    @Test
    void a_replaced_program_is_the_same_attachment_with_another_program() {
        List<Change> changes = Diff.between(edge, Later.swapped(edge, "eth0/xdp", 4027));
        assertEquals(1, changes.size());
        Change.Altered altered = (Change.Altered) changes.get(0);
        assertEquals(identity("eth0/xdp"), altered.identity());
        assertEquals(Set.of(Aspect.PROGRAM), altered.aspects());
        assertEquals(3815, altered.before().program().map(Program::id).orElseThrow());
        assertEquals(4027, altered.after().program().map(Program::id).orElseThrow());
    }

    @Test
    void what_is_gone_is_remembered_with_its_last_owner_and_program() {
        Recent recent = Recent.NOTHING.after(edge, Later.without(edge, "eth0/xdp"));
        Recent.Tombstone stone = recent.tombstones().get(identity("eth0/xdp"));
        assertEquals("xdp_fw", stone.last().program().map(Program::name).orElseThrow());
        assertEquals("xdpd", stone.last().owners().get(0).holder().comm());
        assertEquals(edge.takenAt(), stone.lastSeen());
        assertEquals(edge.takenAt().plusSeconds(1), stone.goneAt());
    }

    @Test
    void what_comes_back_has_no_tombstone_and_is_new() {
        Snapshot without = Later.without(edge, "eth0/xdp");
        Recent recent = Recent.NOTHING.after(edge, without).after(without, Later.with(without, edge.attachments()));
        assertFalse(recent.tombstones().containsKey(identity("eth0/xdp")));
        assertTrue(recent.marks().get(identity("eth0/xdp")).isNew());
    }

    @Test
    void what_was_attached_is_not_forgotten_for_all_that_went_with_it() {
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(7);
        for (int id = 1; id <= 130; id++) {
            host.program(id, ProgType.XDP, "p").map(id, MapType.HASH, "m", 4, 8, 1);
        }
        host.attach(new Place.Xdp(new Device(7, 2, "eth0"), XdpMode.NATIVE), Via.NETLINK, 1);
        Snapshot full = host.build();
        Recent recent =
                Recent.NOTHING.after(full, new SnapshotBuilder().ownNamespace(7).build());
        assertTrue(
                recent.tombstones().containsKey(Identity.of(full.attachments().get(0))));
        assertEquals(201, recent.tombstones().size());
        assertTrue(recent.tombstones().containsKey(Identity.of(ObjectId.prog(130))));
    }

    @Test
    void marks_and_tombstones_are_forgotten_in_time() {
        Snapshot changed = Later.without(Later.swapped(edge, "eth0/xdp", 4027), "lxc12a/tcx/ingress/1");
        Recent recent = Recent.NOTHING.after(edge, changed);
        assertEquals(1, recent.marks().size());
        assertEquals(1, recent.tombstones().size());
        Snapshot now = changed;
        for (int second = 0; second <= Recent.MARKED.toSeconds(); second++) {
            Snapshot next = Later.with(now, now.attachments());
            recent = recent.after(now, next);
            now = next;
        }
        assertEquals(0, recent.marks().size());
        assertEquals(1, recent.tombstones().size());
        for (int second = 0; second <= Recent.REMEMBERED.toSeconds(); second++) {
            Snapshot next = Later.with(now, now.attachments());
            recent = recent.after(now, next);
            now = next;
        }
        assertEquals(0, recent.tombstones().size());
    }
}

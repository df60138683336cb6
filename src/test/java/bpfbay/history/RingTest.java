package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final Snapshot EDGE = Snapshots.edge();

    /** What may become of the host within a second. */
    private static Snapshot next(Snapshot now, int what) {
        return switch (what) {
            case 0 -> Later.swapped(now, "eth0/xdp", 4027);
            case 1 -> Later.swapped(now, "eth0/xdp", 3815);
            case 2 -> Later.without(now, "eth0/tcx/ingress/1");
            case 3 -> Later.with(now, EDGE.attachments());
            case 4 -> Later.turned(now, "eth0/tcx/ingress/");
            default -> Later.with(now, now.attachments());
        };
    }

    private static List<Snapshot> host(List<Integer> changes) {
        List<Snapshot> pictures = new ArrayList<>(List.of(EDGE));
        changes.forEach(change -> pictures.add(next(pictures.get(pictures.size() - 1), change)));
        return pictures;
    }

    private static Ring ring(List<Snapshot> pictures) {
        Ring ring = Ring.of(pictures.get(0));
        for (int i = 1; i < pictures.size(); i++) {
            ring = ring.after(pictures.get(i - 1), pictures.get(i));
        }
        return ring;
    }

    @Property(tries = 50)
    void every_picture_can_be_seen_again(@ForAll @Size(max = 300) List<@IntRange(max = 9) Integer> changes) {
        List<Snapshot> pictures = host(changes);
        Ring ring = ring(pictures);
        assertEquals(pictures.size(), ring.size());
        Iterator<Snapshot> again = ring.from(0);
        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(pictures.get(i).takenAt(), ring.at(i));
            assertTrue(pictures.get(i).equals(again.next()), "picture " + i + " is another");
        }
        assertFalse(again.hasNext());
        int middle = pictures.size() / 2;
        assertTrue(pictures.get(middle).equals(ring.picture(middle)), "the middle one is another");
    }

    @Test
    void what_is_older_than_an_hour_is_forgotten() {
        Snapshot last = EDGE;
        Ring ring = Ring.of(last);
        for (int i = 0; i < 2 * 3600; i++) {
            Snapshot now = Later.with(last, last.attachments());
            ring = ring.after(last, now);
            last = now;
        }
        Duration span = Duration.between(ring.at(0), ring.at(ring.size() - 1));
        assertTrue(span.compareTo(Ring.REMEMBERED) >= 0, span.toString());
        assertTrue(span.compareTo(Ring.REMEMBERED.plusMinutes(3)) < 0, span.toString());
        assertTrue(last.equals(ring.picture(ring.size() - 1)), "the last one is another");
    }

    @Test
    void much_change_shortens_the_hour_and_not_the_memory() {
        Snapshot last = EDGE;
        long most = 4L << 20;
        Ring ring = Ring.of(last, most);
        while (ring.at(0).equals(EDGE.takenAt())) {
            Snapshot now = Later.afresh(last);
            ring = ring.after(last, now);
            last = now;
            assertTrue(ring.weight() <= most, "weight " + ring.weight());
        }
        assertTrue(ring.size() < 3600, "pictures " + ring.size());
        assertTrue(last.equals(ring.picture(ring.size() - 1)), "the last one is another");
    }

    @Test
    void a_moment_is_the_last_picture_taken_by_then() {
        List<Snapshot> pictures = host(List.of(9, 9, 9));
        Ring ring = ring(pictures);
        assertEquals(1, ring.indexAt(pictures.get(1).takenAt()));
        assertEquals(1, ring.indexAt(pictures.get(1).takenAt().plusMillis(500)));
        assertEquals(0, ring.indexAt(pictures.get(0).takenAt().minusSeconds(9)));
        assertEquals(3, ring.indexAt(pictures.get(3).takenAt().plusSeconds(9)));
    }
}

package bpfbay.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.history.Authors;
import bpfbay.history.Changes;
import bpfbay.history.Recent;
import bpfbay.history.Ring;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RewindTest {
    private final List<Snapshot> pictures = new ArrayList<>(List.of(Snapshots.edge()));

    private Snapshot last() {
        return pictures.get(pictures.size() - 1);
    }

    private void quiet(int times) {
        for (int i = 0; i < times; i++) {
            pictures.add(Later.with(last(), last().attachments()));
        }
    }

    private Ring ring() {
        List<Account> accounts = live();
        Ring ring = Ring.of(pictures.get(0));
        for (int i = 1; i < pictures.size(); i++) {
            ring = ring.after(
                    Changes.between(pictures.get(i - 1), pictures.get(i)),
                    Authors.of(accounts.get(i).news()));
        }
        return ring;
    }

    private Rewind rewind() {
        return new Rewind(ring(), Watch.HOLD_DOWN, Recent.MARKED);
    }

    private List<Account> live() {
        Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
        return pictures.stream().map(watch::after).toList();
    }

    @Property(tries = 20)
    void any_picture_has_the_account_that_it_had_live(
            @ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> changes,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1000) Integer> visits) {
        pictures.subList(1, pictures.size()).clear();
        for (int change : changes) {
            pictures.add(
                    switch (change) {
                        case 0 -> Later.swapped(last(), "eth0/xdp", 4027);
                        case 1 -> Later.swapped(last(), "eth0/xdp", 3815);
                        case 2 -> Later.without(last(), "eth0/tcx/ingress/1");
                        case 3 -> Later.turned(last(), "eth0/tcx/ingress/");
                        default -> Later.with(last(), last().attachments());
                    });
        }
        List<Account> live = live();
        Rewind rewind = rewind();
        for (int visit : visits) {
            int index = visit % pictures.size();
            Account was = live.get(index);
            Account is = rewind.at(index);
            assertEquals(was.timeline(), is.timeline(), "timeline of picture " + index);
            assertEquals(was.diagnosis(), is.diagnosis(), "diagnosis of picture " + index);
            assertTrue(was.equals(is), "picture " + index + " has another account");
        }
    }

    @Test
    void the_next_change_is_found_either_way() {
        quiet(130);
        pictures.add(Later.swapped(last(), "eth0/xdp", 4027));
        quiet(70);
        pictures.add(Later.without(last(), "eth0/tcx/ingress/1"));
        quiet(3);
        Rewind rewind = rewind();
        assertEquals(OptionalInt.of(131), rewind.changeAfter(0));
        assertEquals(OptionalInt.of(202), rewind.changeAfter(131));
        assertEquals(OptionalInt.empty(), rewind.changeAfter(202));
        assertEquals(OptionalInt.of(202), rewind.changeBefore(205));
        assertEquals(OptionalInt.of(131), rewind.changeBefore(202));
        assertEquals(OptionalInt.empty(), rewind.changeBefore(131));
        assertEquals(OptionalInt.empty(), rewind.changeBefore(0));
    }
}

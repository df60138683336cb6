package bpfbay.tui;

import bpfbay.diagnose.Account;
import bpfbay.diagnose.Watch;
import bpfbay.history.OwnSwap;
import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A host on which something happens. */
final class Eventful {
    private Eventful() {}

    /** Seven seconds, a picture each. */
    static List<Snapshot> pictures() {
        List<Snapshot> pictures = new ArrayList<>();
        Snapshot edge = Snapshots.edge();
        pictures.add(edge);
        pictures.add(Later.with(edge, edge.attachments()));
        pictures.add(Later.swapped(last(pictures), "eth0/xdp", 4027));
        pictures.add(Later.with(last(pictures), last(pictures).attachments()));
        pictures.add(Later.without(last(pictures), "lxc12a/tcx/ingress/1"));
        pictures.add(Later.turned(last(pictures), "eth0/tcx/ingress/"));
        pictures.add(Later.with(last(pictures), last(pictures).attachments()));
        return pictures;
    }

    /** bpfbay itself put the newer firewall there. */
    private static List<OwnSwap> swaps() {
        return List.of(new OwnSwap(
                Snapshots.edge().takenAt().plusSeconds(1), "eth0/xdp", 4027, OptionalInt.of(4242), "bpfbay"));
    }

    private static Snapshot last(List<Snapshot> pictures) {
        return pictures.get(pictures.size() - 1);
    }

    /** What a watch says of each of them. */
    static List<Account> accounts() {
        Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, Eventful::swaps);
        return pictures().stream().map(watch::after).toList();
    }
}

package bpfbay.tui.table;

import bpfbay.history.Recent;
import bpfbay.history.Thing;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.TcParent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the place where a vanished row stood. */
final class Burial {
    private Burial() {}

    /** The index before which the tombstone goes. */
    static int place(List<Row.Item> rows, Recent.Tombstone stone) {
        Thing gone = stone.last().thing();
        int after = rows.size();
        boolean isKinSeen = false;
        for (int i = 0; i < rows.size(); i++) {
            Thing thing = rows.get(i).thing();
            if (isKin(gone, thing)) {
                isKinSeen = true;
                after = i + 1;
                if (comesAfter(thing, gone)) {
                    return i;
                }
            }
        }
        return isKinSeen ? after : endOfGroup(rows, gone);
    }

    /** Same interface or cgroup; things with numbers are all kin of each other. */
    private static boolean isKin(Thing gone, Thing thing) {
        if (gone instanceof Thing.Attached a && thing instanceof Thing.Attached b) {
            return TableBuilder.Group.isSame(a.attachment(), b.attachment());
        }
        return true;
    }

    private static boolean comesAfter(Thing thing, Thing gone) {
        if (thing instanceof Thing.Attached a && gone instanceof Thing.Attached b) {
            int byRank = Integer.compare(
                    rank(a.attachment().place()), rank(b.attachment().place()));
            return byRank > 0
                    || (byRank == 0
                            && a.attachment().position() >= b.attachment().position());
        } else if (thing instanceof Thing.Pinned a && gone instanceof Thing.Pinned b) {
            return a.pin().path().compareTo(b.pin().path()) > 0;
        }
        Optional<ObjectId> left = thing.object();
        Optional<ObjectId> right = gone.object();
        return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) > 0;
    }

    /** Before the interfaces that come after its own, which is not listed any more. */
    private static int endOfGroup(List<Row.Item> rows, Thing gone) {
        if (gone instanceof Thing.Attached attached) {
            int ifindex = ifindex(attached);
            for (int i = 0; i < rows.size() && ifindex > 0; i++) {
                if (rows.get(i).thing() instanceof Thing.Attached a
                        && netns(a).equals(netns(attached))
                        && Integer.compareUnsigned(ifindex(a), ifindex) > 0) {
                    return i;
                }
            }
            TableBuilder.Group group = TableBuilder.Group.of(attached.attachment());
            for (int i = rows.size() - 1; i >= 0; i--) {
                if (rows.get(i).thing() instanceof Thing.Attached a
                        && TableBuilder.Group.of(a.attachment()).equals(group)) {
                    return i + 1;
                }
            }
        }
        return rows.size();
    }

    private static int ifindex(Thing.Attached thing) {
        return Places.device(thing.attachment().place()).map(Device::ifindex).orElse(0);
    }

    private static OptionalLong netns(Thing.Attached thing) {
        return HookText.netns(thing.attachment().place());
    }

    /** The order in which a packet meets the hooks of a device, ingress before egress. */
    private static int rank(Place place) {
        if (place instanceof Place.Xdp) {
            return 0;
        } else if (place instanceof Place.Freplace) {
            return 1;
        } else if (place instanceof Place.Tcx tcx) {
            return tcx.direction() == Direction.INGRESS ? 2 : 4;
        } else if (place instanceof Place.Tc tc) {
            return tc.parent().equals(TcParent.INGRESS) ? 3 : 5;
        }
        return 6;
    }
}

package bpfbay.history;

import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import java.util.List;

/** Makes a picture share with the one before what is equal in both: changes are told by what is not shared. */
public final class Sharing {
    private Sharing() {}

    /** The later one. */
    public static Snapshot of(Snapshot before, Snapshot now) {
        Snapshot shared = new Snapshot(
                now.host(),
                now.takenAt(),
                now.duration(),
                list(before.namespaces(), now.namespaces()),
                list(before.interfaces(), now.interfaces()),
                list(before.attachments(), now.attachments()),
                list(before.programs(), now.programs()),
                list(before.links(), now.links()),
                list(before.maps(), now.maps()),
                list(before.pins(), now.pins()),
                list(before.cgroups(), now.cgroups()),
                now.index(),
                now.activity(),
                now.own(),
                list(before.problems(), now.problems()));
        return isSame(before, shared) && isSame(before.index(), now.index())
                ? withIndex(shared, before.index())
                : shared;
    }

    private static Snapshot withIndex(Snapshot s, Relations index) {
        return new Snapshot(
                s.host(),
                s.takenAt(),
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                s.pins(),
                s.cgroups(),
                index,
                s.activity(),
                s.own(),
                s.problems());
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Snapshot before, Snapshot now) {
        return before.attachments() == now.attachments()
                && before.programs() == now.programs()
                && before.links() == now.links()
                && before.maps() == now.maps()
                && before.pins() == now.pins();
    }

    /** As far as it does not follow from the lists. */
    private static boolean isSame(Relations before, Relations now) {
        return before.owners().equals(now.owners())
                && before.slots().equals(now.slots())
                && before.ownership().equals(now.ownership());
    }

    /** The later list, with the very things of the earlier where they are equal. */
    public static <T> List<T> list(List<T> before, List<T> now) {
        return Edits.betweenEqual(before, now).applyTo(before);
    }
}

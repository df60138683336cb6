package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Edits;
import bpfbay.model.Snapshot;

/** How long the lists of a picture are: enough to tell whether a change is of that picture. */
record ListSizes(
        int namespaces, int interfaces, int attachments, int programs, int links, int maps, int pins, int cgroups) {
    private static final int MOST = 200_000;

    static ListSizes of(Snapshot s) {
        return new ListSizes(
                s.namespaces().size(),
                s.interfaces().size(),
                s.attachments().size(),
                s.programs().size(),
                s.links().size(),
                s.maps().size(),
                s.pins().size(),
                s.cgroups().size());
    }

    /** Those of the picture after the change; fails with a {@link NotReadableException} where it does not fit. */
    ListSizes after(Delta delta) {
        return new ListSizes(
                after("netns", namespaces, delta.namespaces()),
                after("interfaces", interfaces, delta.interfaces()),
                after("attachments", attachments, delta.attachments()),
                after("programs", programs, delta.programs()),
                after("links", links, delta.links()),
                after("maps", maps, delta.maps()),
                after("pins", pins, delta.pins()),
                after("cgroup_ids", cgroups, delta.cgroups()));
    }

    private static <T> int after(String name, int size, Edits<T> edits) {
        if (edits.isEmpty()) {
            return size;
        }
        long passed = 0;
        long made = 0;
        for (Edits.Step<T> step : edits.steps()) {
            if (step instanceof Edits.Step.Put<T> put) {
                made += put.items().size();
            } else if (step instanceof Edits.Step.Keep<T> keep) {
                passed += Integer.toUnsignedLong(keep.count());
                made += Integer.toUnsignedLong(keep.count());
            } else if (step instanceof Edits.Step.Drop<T> drop) {
                passed += Integer.toUnsignedLong(drop.count());
            }
        }
        if (passed != size) {
            throw new NotReadableException(name + ": a change of " + passed + " things, where there are " + size);
        } else if (made > MOST) {
            throw new NotReadableException(name + ": more than " + MOST + " things");
        }
        return (int) made;
    }
}

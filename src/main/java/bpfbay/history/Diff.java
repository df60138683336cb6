package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Places;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What differs between two snapshots, by identity: a row that only moved in its list is no change. */
public final class Diff {
    /* Snapshots share what stayed the same, so that most of the work is comparing references: only the
     * stretch of each list that differs is given identities. */

    private final Snapshot before;
    private final Snapshot after;
    private final Set<ObjectId> otherOwners;
    private final Set<ObjectId> otherPins;
    private final List<Change> changes = new ArrayList<>();

    private Diff(Snapshot before, Snapshot after) {
        this.before = before;
        this.after = after;
        this.otherOwners = differing(before.index().owners(), after.index().owners());
        this.otherPins =
                new HashSet<>(differing(before.index().pins(), after.index().pins()));
        // a plan that is being looked at changes nothing of what it is about
        otherPins.removeIf(object -> Pin.ofOthers(before.pins(object)).equals(Pin.ofOthers(after.pins(object))));
    }

    /** Attachments first, then programs, links, maps and pins; within each in the order of the lists. */
    public static List<Change> between(Snapshot before, Snapshot after) {
        Diff diff = new Diff(before, after);
        diff.compare(before.attachments(), after.attachments(), Thing.Attached::new, Diff::aspects);
        diff.compare(before.programs(), after.programs(), Thing.Loaded::new, (a, b) -> EnumSet.noneOf(Aspect.class));
        diff.compare(before.links(), after.links(), Thing.Linked::new, Diff::aspects);
        diff.compare(before.maps(), after.maps(), Thing.Mapped::new, (a, b) -> EnumSet.noneOf(Aspect.class));
        diff.compare(
                before.pins(),
                after.pins(),
                Thing.Pinned::new,
                (a, b) -> a.object().equals(b.object()) ? EnumSet.noneOf(Aspect.class) : EnumSet.of(Aspect.PROGRAM));
        return List.copyOf(diff.changes);
    }

    private <T> void compare(
            List<T> old, List<T> now, Function<T, Thing> thing, BiFunction<T, T, EnumSet<Aspect>> aspects) {
        if (old == now && otherOwners.isEmpty() && otherPins.isEmpty()) {
            return;
        }
        if (otherOwners.isEmpty() && otherPins.isEmpty()) {
            int head = sharedHead(old, now);
            int tail = sharedTail(old, now, head);
            compareAll(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), thing, aspects);
        } else {
            compareAll(old, now, thing, aspects);
        }
    }

    private <T> void compareAll(
            List<T> old, List<T> now, Function<T, Thing> thing, BiFunction<T, T, EnumSet<Aspect>> aspects) {
        Map<Identity, T> left = new LinkedHashMap<>();
        old.forEach(item -> left.put(thing.apply(item).identity(), item));
        for (T item : now) {
            Thing current = thing.apply(item);
            T earlier = left.remove(current.identity());
            if (earlier == null) {
                changes.add(new Change.Appeared(Sight.of(after, current)));
            } else if (isAnother(earlier, item)) {
                changes.add(new Change.Vanished(Sight.of(before, thing.apply(earlier))));
                changes.add(new Change.Appeared(Sight.of(after, current)));
            } else {
                alter(thing.apply(earlier), current, earlier == item ? none() : aspects.apply(earlier, item));
            }
        }
        left.values().forEach(item -> changes.add(new Change.Vanished(Sight.of(before, thing.apply(item)))));
    }

    /** Program ids come round again; the moment of loading tells the two apart. */
    private static boolean isAnother(Object earlier, Object now) {
        return earlier instanceof Program p
                && now instanceof Program q
                && (!p.tag().equals(q.tag()) || !p.loadedAt().equals(q.loadedAt()));
    }

    private void alter(Thing earlier, Thing now, EnumSet<Aspect> aspects) {
        for (ObjectId object : objects(now)) {
            if (otherOwners.contains(object)) {
                aspects.add(Aspect.OWNERS);
            }
            if (otherPins.contains(object)) {
                aspects.add(Aspect.PINS);
            }
        }
        if (!aspects.isEmpty()) {
            changes.add(new Change.Altered(Sight.of(before, earlier), Sight.of(after, now), aspects));
        }
    }

    private static List<ObjectId> objects(Thing thing) {
        return thing.match(
                attachment -> {
                    List<ObjectId> both = new ArrayList<>(2);
                    attachment.linkId().ifPresent(id -> both.add(ObjectId.link(id)));
                    attachment.progId().ifPresent(id -> both.add(ObjectId.prog(id)));
                    return both;
                },
                program -> List.of(program.object()),
                link -> List.of(link.object()),
                map -> List.of(map.object()),
                pin -> List.of());
    }

    private static EnumSet<Aspect> aspects(Attachment a, Attachment b) {
        EnumSet<Aspect> aspects = none();
        if (!a.progId().equals(b.progId())) {
            aspects.add(Aspect.PROGRAM);
        }
        if (!a.linkId().equals(b.linkId()) || a.via() != b.via()) {
            aspects.add(Aspect.LINK);
        }
        if (a.position() != b.position() || !Places.isSame(a.place(), b.place())) {
            aspects.add(Aspect.PLACE);
        }
        return aspects;
    }

    private static EnumSet<Aspect> aspects(Link a, Link b) {
        EnumSet<Aspect> aspects = none();
        if (a.progId() != b.progId()) {
            aspects.add(Aspect.PROGRAM);
        }
        if (!a.target().isSameAs(b.target())) {
            aspects.add(Aspect.PLACE);
        }
        return aspects;
    }

    private static EnumSet<Aspect> none() {
        return EnumSet.noneOf(Aspect.class);
    }

    private static <V> Set<ObjectId> differing(Map<ObjectId, List<V>> old, Map<ObjectId, List<V>> now) {
        if (old == now) {
            return Set.of();
        }
        Set<ObjectId> differing = new HashSet<>();
        now.forEach((object, values) -> {
            if (!Objects.equals(old.get(object), values)) {
                differing.add(object);
            }
        });
        old.keySet().stream().filter(object -> !now.containsKey(object)).forEach(differing::add);
        return differing;
    }

    private static int sharedHead(List<?> old, List<?> now) {
        int most = Math.min(old.size(), now.size());
        int n = 0;
        while (n < most && old.get(n) == now.get(n)) {
            n++;
        }
        return n;
    }

    private static int sharedTail(List<?> old, List<?> now, int head) {
        int most = Math.min(old.size(), now.size()) - head;
        int n = 0;
        while (n < most && old.get(old.size() - 1 - n) == now.get(now.size() - 1 - n)) {
            n++;
        }
        return n;
    }
}

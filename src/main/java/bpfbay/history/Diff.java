package bpfbay.history;

import bpfbay.history.Edits.Step;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** What differs between two snapshots, by identity: a row that only moved in its list is no change. */
public final class Diff {
    /* Only what the delta put or dropped is given an identity; of what is kept, only what somebody else holds
     * or pins now is looked at. */

    private final Snapshot before;
    private final Snapshot after;
    private final Touched otherOwners;
    private final Touched otherPins;
    private final List<Change> changes = new ArrayList<>();

    private Diff(Snapshot before, Snapshot after, Delta delta) {
        this.before = before;
        this.after = after;
        this.otherOwners = Touched.of(delta.owners().keySet());
        this.otherPins = Touched.of(otherPins(delta.pins()));
    }

    /** Attachments first, then programs, links, maps and pins; within each in the order of the lists. */
    public static List<Change> between(Snapshot before, Snapshot after) {
        return between(before, after, Delta.between(before, after));
    }

    /** The same of pictures whose delta is known. */
    static List<Change> between(Snapshot before, Snapshot after, Delta delta) {
        Diff diff = new Diff(before, after, delta);
        diff.compare(before.attachments(), delta.attachments(), Thing.Attached::new, diff::isTouched, Diff::aspects);
        diff.compare(before.programs(), delta.programs(), Thing.Loaded::new, diff::isTouched, (a, b) -> none());
        diff.compare(before.links(), delta.links(), Thing.Linked::new, diff::isTouched, Diff::aspects);
        diff.compare(before.maps(), delta.maps(), Thing.Mapped::new, diff::isTouched, (a, b) -> none());
        diff.compare(
                before.pins(),
                delta.pins(),
                Thing.Pinned::new,
                pin -> false,
                (a, b) -> a.object().equals(b.object()) ? none() : EnumSet.of(Aspect.PROGRAM));
        return List.copyOf(diff.changes);
    }

    private <T> void compare(
            List<T> old,
            Edits<T> edits,
            Function<T, Thing> thing,
            Predicate<T> isTouched,
            BiFunction<T, T, EnumSet<Aspect>> aspects) {
        boolean isAnyTouched = !otherOwners.isEmpty() || !otherPins.isEmpty();
        if (edits.isEmpty() && !isAnyTouched) {
            return;
        }
        Map<Identity, T> left = dropped(old, edits, thing);
        List<Step<T>> steps = edits.isEmpty() ? List.of(new Step.Keep<>(old.size())) : edits.steps();
        int next = 0;
        for (Step<T> step : steps) {
            if (step instanceof Step.Put<T> put) {
                put.items().forEach(item -> put(item, left, thing, aspects));
            } else if (step instanceof Step.Drop<T> drop) {
                next += drop.count();
            } else {
                int end = next + ((Step.Keep<T>) step).count();
                for (; isAnyTouched && next < end; next++) {
                    if (isTouched.test(old.get(next))) {
                        Thing there = thing.apply(old.get(next));
                        alter(there, there, none());
                    }
                }
                next = end;
            }
        }
        left.values().forEach(item -> changes.add(new Change.Vanished(Sight.of(before, thing.apply(item)))));
    }

    private static <T> Map<Identity, T> dropped(List<T> old, Edits<T> edits, Function<T, Thing> thing) {
        Map<Identity, T> dropped = new LinkedHashMap<>();
        int next = 0;
        for (Step<T> step : edits.steps()) {
            if (step instanceof Step.Drop<T> drop) {
                old.subList(next, next + drop.count())
                        .forEach(item -> dropped.put(thing.apply(item).identity(), item));
                next += drop.count();
            } else if (step instanceof Step.Keep<T> keep) {
                next += keep.count();
            }
        }
        return dropped;
    }

    private <T> void put(
            T item, Map<Identity, T> left, Function<T, Thing> thing, BiFunction<T, T, EnumSet<Aspect>> aspects) {
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

    private boolean isTouched(Attachment attachment) {
        OptionalInt link = attachment.linkId();
        OptionalInt program = attachment.progId();
        return (link.isPresent() && isTouched(ObjectId.Kind.LINK, link.getAsInt()))
                || (program.isPresent() && isTouched(ObjectId.Kind.PROG, program.getAsInt()));
    }

    private boolean isTouched(Program program) {
        return isTouched(ObjectId.Kind.PROG, program.id());
    }

    private boolean isTouched(Link link) {
        return isTouched(ObjectId.Kind.LINK, link.id());
    }

    private boolean isTouched(BpfMap map) {
        return isTouched(ObjectId.Kind.MAP, map.id());
    }

    private boolean isTouched(ObjectId.Kind kind, int id) {
        return otherOwners.contains(kind, id) || otherPins.contains(kind, id);
    }

    /** Program ids come round again; the moment of loading tells the two apart. */
    private static boolean isAnother(Object earlier, Object now) {
        return earlier instanceof Program p
                && now instanceof Program q
                && (!p.tag().equals(q.tag()) || !p.loadedAt().equals(q.loadedAt()));
    }

    private void alter(Thing earlier, Thing now, EnumSet<Aspect> aspects) {
        for (ObjectId object : objects(now)) {
            if (otherOwners.contains(object.kind(), object.id())) {
                aspects.add(Aspect.OWNERS);
            }
            if (otherPins.contains(object.kind(), object.id())) {
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

    private Set<ObjectId> otherPins(Edits<Pin> edits) {
        Set<ObjectId> touched = new HashSet<>();
        dropped(before.pins(), edits, Thing.Pinned::new).values().forEach(pin -> touched.add(pin.object()));
        for (Step<Pin> step : edits.steps()) {
            if (step instanceof Step.Put<Pin> put) {
                put.items().forEach(pin -> touched.add(pin.object()));
            }
        }
        // a plan that is being looked at changes nothing of what it is about
        touched.removeIf(object -> Pin.ofOthers(before.pins(object)).equals(Pin.ofOthers(after.pins(object))));
        return touched;
    }
}

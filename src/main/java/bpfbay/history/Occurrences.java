package bpfbay.history;

import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.history.Occurrence.Subject;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells changes as what happened. What bpfbay itself loads is left out, and so is a position that
 * only shifted because a neighbour came or went.
 */
final class Occurrences {
    private final Snapshot before;
    private final Snapshot after;
    private final List<Sight> gone = new ArrayList<>();
    private final List<Sight> come = new ArrayList<>();
    private final List<Occurrence> found = new ArrayList<>();

    private Occurrences(Snapshot before, Snapshot after) {
        this.before = before;
        this.after = after;
    }

    static List<Occurrence> of(List<Change> changes, Snapshot before, Snapshot after) {
        Occurrences occurrences = new Occurrences(before, after);
        changes.stream().filter(change -> !occurrences.isOwn(change)).forEach(occurrences::sort);
        occurrences.pair();
        occurrences.reorderings(changes);
        changes.stream().filter(change -> !occurrences.isOwn(change)).forEach(occurrences::objects);
        return List.copyOf(occurrences.found);
    }

    private void sort(Change change) {
        if (change instanceof Change.Vanished v && v.before().thing() instanceof Thing.Attached) {
            gone.add(v.before());
        } else if (change instanceof Change.Appeared a && a.after().thing() instanceof Thing.Attached) {
            come.add(a.after());
        } else if (change instanceof Change.Altered altered
                && altered.after().thing() instanceof Thing.Attached
                && (altered.aspects().contains(Aspect.PROGRAM)
                        || altered.aspects().contains(Aspect.LINK)
                        || isOtherMode(altered))) {
            place(Kind.REPLACED, Optional.of(altered.before()), Optional.of(altered.after()));
        }
    }

    private static boolean isOtherMode(Change.Altered altered) {
        return attachment(altered.before()).place() instanceof Place.Xdp old
                && attachment(altered.after()).place() instanceof Place.Xdp now
                && old.mode() != now.mode();
    }

    /** What is gone here and has come there may be one and the same. */
    private void pair() {
        for (Sight old : gone) {
            Optional<Sight> moved = take(now -> isMoved(attachment(old), attachment(now)));
            if (moved.isPresent()) {
                place(Kind.MOVED, Optional.of(old), moved);
                continue;
            }
            Optional<Sight> replaced = take(now -> isInPlaceOf(attachment(old), attachment(now)));
            place(replaced.isPresent() ? Kind.REPLACED : Kind.DETACHED, Optional.of(old), replaced);
        }
        come.forEach(now -> place(Kind.ATTACHED, Optional.empty(), Optional.of(now)));
    }

    private Optional<Sight> take(java.util.function.Predicate<Sight> which) {
        for (Iterator<Sight> left = come.iterator(); left.hasNext(); ) {
            Sight now = left.next();
            if (which.test(now)) {
                left.remove();
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    /** The same link on another device, or the same program on a device of that name that is gone from where it was. */
    private boolean isMoved(Attachment old, Attachment now) {
        if (old.linkId().isPresent() || now.linkId().isPresent()) {
            return old.linkId().isPresent() && old.linkId().equals(now.linkId());
        }
        Optional<Device> from = Places.device(old.place());
        Optional<Device> to = Places.device(now.place());
        return old.progId().isPresent()
                && old.progId().equals(now.progId())
                && old.place().hook().equals(now.place().hook())
                && from.isPresent()
                && to.isPresent()
                && from.get().netns() != to.get().netns()
                && from.get().name().equals(to.get().name())
                && !isThere(from.get());
    }

    private boolean isThere(Device device) {
        for (NetInterface there : after.interfaces()) {
            if (there.netns() == device.netns() && there.ifindex() == device.ifindex()) {
                return true;
            }
        }
        return false;
    }

    /** One program of a chain replaced where it stood: the kernel keeps the position and says no more. */
    private static boolean isInPlaceOf(Attachment old, Attachment now) {
        return old.via() == Via.PROG
                && now.via() == Via.PROG
                && old.position() == now.position()
                && Places.isSame(old.place(), now.place());
    }

    private void place(Kind kind, Optional<Sight> old, Optional<Sight> now) {
        Sight shown = now.or(() -> old).orElseThrow();
        found.add(new Occurrence(
                after.takenAt(),
                kind,
                new Subject.Place(attachment(shown).ref(), shown.thing().identity()),
                old.map(sight -> attached(sight, before)),
                now.map(sight -> attached(sight, after)),
                Optional.empty()));
    }

    /** Chains in which something moved, each once. */
    private void reorderings(List<Change> changes) {
        Set<Place> chains = new LinkedHashSet<>();
        for (Change change : changes) {
            Sight sight = change instanceof Change.Appeared a
                    ? a.after()
                    : change instanceof Change.Altered altered ? altered.after() : ((Change.Vanished) change).before();
            if (sight.thing() instanceof Thing.Attached attached
                    && !(attached.attachment().place() instanceof Place.Xdp)) {
                chains.add(attached.attachment().place());
            }
        }
        if (chains.isEmpty()) {
            return;
        }
        Map<Place, List<Attachment>> old = chains(before, chains);
        Map<Place, List<Attachment>> now = chains(after, chains);
        chains.forEach(place -> reordering(old.getOrDefault(place, List.of()), now.getOrDefault(place, List.of())));
    }

    private static Map<Place, List<Attachment>> chains(Snapshot snapshot, Set<Place> wanted) {
        Map<Place, List<Attachment>> chains = new LinkedHashMap<>();
        for (Attachment attachment : snapshot.attachments()) {
            if (wanted.contains(attachment.place())) {
                chains.computeIfAbsent(attachment.place(), place -> new ArrayList<>())
                        .add(attachment);
            }
        }
        return chains;
    }

    private void reordering(List<Attachment> old, List<Attachment> now) {
        List<Integer> then = programs(old);
        List<Integer> since = programs(now);
        List<Integer> stayed = new ArrayList<>(then);
        stayed.retainAll(since);
        List<Integer> there = new ArrayList<>(since);
        there.retainAll(then);
        if (stayed.size() < 2 || stayed.equals(there)) {
            return;
        }
        Attachment first = now.get(0);
        found.add(new Occurrence(
                after.takenAt(),
                Kind.REORDERED,
                new Subject.Place(first.ref(), Identity.of(first)),
                Optional.of(chain(old.get(0), before, then)),
                Optional.of(chain(first, after, since)),
                Optional.empty()));
    }

    private static List<Integer> programs(List<Attachment> chain) {
        List<Integer> ids = new ArrayList<>();
        chain.forEach(attachment -> attachment.progId().ifPresent(ids::add));
        return ids;
    }

    private static State chain(Attachment first, Snapshot snapshot, List<Integer> chain) {
        return state(
                first.progId(),
                first.progId().isPresent() ? snapshot.program(first.progId().getAsInt()) : Optional.empty(),
                first.linkId(),
                Optional.of(first.ref()),
                chain);
    }

    private void objects(Change change) {
        if (change instanceof Change.Appeared appeared) {
            object(Kind.LOADED, Kind.PINNED, Optional.empty(), Optional.of(appeared.after()));
        } else if (change instanceof Change.Vanished vanished) {
            object(Kind.UNLOADED, Kind.UNPINNED, Optional.of(vanished.before()), Optional.empty());
        } else if (change instanceof Change.Altered altered && altered.after().thing() instanceof Thing.Pinned) {
            object(Kind.LOADED, Kind.PINNED, Optional.of(altered.before()), Optional.of(altered.after()));
        }
    }

    private void object(Kind ofProgram, Kind ofPin, Optional<Sight> old, Optional<Sight> now) {
        Thing thing = now.or(() -> old).orElseThrow().thing();
        if (thing instanceof Thing.Loaded loaded) {
            add(ofProgram, new Subject.Loaded(loaded.program().id(), thing.identity()), old, now);
        } else if (thing instanceof Thing.Pinned pinned) {
            add(ofPin, new Subject.Pinned(pinned.pin().path(), thing.identity()), old, now);
        }
    }

    private void add(Kind kind, Subject subject, Optional<Sight> old, Optional<Sight> now) {
        found.add(new Occurrence(
                after.takenAt(),
                kind,
                subject,
                old.map(Occurrences::state),
                now.map(Occurrences::state),
                Optional.empty()));
    }

    private boolean isOwn(Change change) {
        Snapshot snapshot = change instanceof Change.Vanished ? before : after;
        Sight sight = change instanceof Change.Vanished v
                ? v.before()
                : change instanceof Change.Appeared a ? a.after() : ((Change.Altered) change).after();
        return sight.thing()
                .match(
                        attachment -> isOwn(snapshot, attachment),
                        program -> snapshot.isOwn(program.object()),
                        link -> snapshot.isOwn(link.object()),
                        map -> snapshot.isOwn(map.object()),
                        pin -> pin.isOwn() || snapshot.isOwn(pin.object()));
    }

    private static boolean isOwn(Snapshot snapshot, Attachment attachment) {
        return (attachment.linkId().isPresent()
                        && snapshot.isOwn(ObjectId.link(attachment.linkId().getAsInt())))
                || (attachment.progId().isPresent()
                        && snapshot.isOwn(ObjectId.prog(attachment.progId().getAsInt())));
    }

    private static Attachment attachment(Sight sight) {
        return ((Thing.Attached) sight.thing()).attachment();
    }

    private static State attached(Sight sight, Snapshot snapshot) {
        State state = state(sight);
        return new State(
                state.progId(),
                state.progName(),
                state.tag(),
                state.linkId(),
                state.ref(),
                state.chain(),
                sight.program(),
                sight.owners(),
                cookie(attachment(sight).place(), snapshot));
    }

    private static OptionalLong cookie(Place place, Snapshot snapshot) {
        Optional<Long> inode = place instanceof Place.NetnsHook hook
                ? Optional.of(hook.netns())
                : Places.device(place).map(Device::netns);
        for (NetNamespace netns : snapshot.namespaces()) {
            if (inode.isPresent() && netns.inode() == inode.get()) {
                return netns.cookie();
            }
        }
        return OptionalLong.empty();
    }

    private static State state(Sight sight) {
        return sight.thing()
                .match(
                        attachment -> state(
                                attachment.progId(),
                                sight.program(),
                                attachment.linkId(),
                                Optional.of(attachment.ref()),
                                List.of()),
                        program -> state(
                                OptionalInt.of(program.id()),
                                sight.program(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                List.of()),
                        link -> state(
                                OptionalInt.of(link.progId()),
                                sight.program(),
                                OptionalInt.of(link.id()),
                                Optional.empty(),
                                List.of()),
                        map -> state(
                                OptionalInt.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                List.of()),
                        pin -> pinned(pin, sight));
    }

    private static State pinned(Pin pin, Sight sight) {
        OptionalInt id = OptionalInt.of(pin.object().id());
        return state(
                pin.object().kind() == ObjectId.Kind.PROG ? id : OptionalInt.empty(),
                pin.object().kind() == ObjectId.Kind.MAP ? Optional.empty() : sight.program(),
                pin.object().kind() == ObjectId.Kind.LINK ? id : OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    private static State state(
            OptionalInt progId,
            Optional<Program> program,
            OptionalInt linkId,
            Optional<String> ref,
            List<Integer> chain) {
        return new State(
                progId,
                program.map(Program::name).orElse(""),
                program.map(Program::tag).orElse(""),
                linkId,
                ref,
                chain);
    }
}

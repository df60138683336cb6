package bpfbay.history;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a picture of the one before it, on the same host.
 *
 * @param owners of objects whose owners are others now; an empty list where nobody holds it any more
 * @param slots absent where they stayed as they were, like the rest below
 */
public record Delta(
        Instant takenAt,
        Duration duration,
        Edits<NetNamespace> namespaces,
        Edits<NetInterface> interfaces,
        Edits<Attachment> attachments,
        Edits<Program> programs,
        Edits<Link> links,
        Edits<BpfMap> maps,
        Edits<Pin> pins,
        Edits<Long> cgroups,
        Map<ObjectId, List<Owner>> owners,
        Optional<Reading<Map<Integer, List<ObjectId>>>> slots,
        Optional<Reading<Relations.Scan>> ownership,
        Optional<Activity> activity,
        Optional<Set<ObjectId>> own,
        Optional<List<Problem>> problems) {
    public Delta {
        requireNonNull(takenAt, "takenAt");
        requireNonNull(duration, "duration");
        owners = Map.copyOf(owners);
    }

    /** A picture by itself, which makes it of {@link #blank}. */
    public static Delta whole(Snapshot snapshot) {
        return between(blank(snapshot.host()), snapshot);
    }

    /** What was not looked at yet. */
    public static Snapshot blank(Host host) {
        Reading<Relations.Scan> unread = new Reading.NotAsked<>("nothing was read yet");
        return new Snapshot(
                host,
                Instant.EPOCH,
                Duration.ZERO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Relations.of(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        new Reading.NotAsked<>("nothing was read yet"),
                        unread),
                Activity.NONE,
                Set.of(),
                List.of());
    }

    public static Delta between(Snapshot before, Snapshot after) {
        return new Delta(
                after.takenAt(),
                after.duration(),
                Edits.between(before.namespaces(), after.namespaces()),
                Edits.between(before.interfaces(), after.interfaces()),
                Edits.between(before.attachments(), after.attachments()),
                Edits.between(before.programs(), after.programs()),
                Edits.between(before.links(), after.links()),
                Edits.between(before.maps(), after.maps()),
                Edits.between(before.pins(), after.pins()),
                Edits.between(before.cgroups(), after.cgroups()),
                owners(before.index().owners(), after.index().owners()),
                changed(before.index().slots(), after.index().slots()),
                changed(before.index().ownership(), after.index().ownership()),
                changed(before.activity(), after.activity()),
                changed(before.own(), after.own()),
                changed(before.problems(), after.problems()));
    }

    /** The later picture; fails with an IllegalArgumentException where it is not of that earlier one. */
    public Snapshot applyTo(Snapshot before) {
        if (isQuiet()) {
            return later(before, before.index());
        }
        List<Attachment> nowAttached = attachments.applyTo(before.attachments());
        List<Program> nowLoaded = programs.applyTo(before.programs());
        List<Link> nowLinked = links.applyTo(before.links());
        List<BpfMap> nowMaps = maps.applyTo(before.maps());
        List<Pin> nowPinned = pins.applyTo(before.pins());
        Relations index = Relations.of(
                nowAttached,
                nowLoaded,
                nowLinked,
                nowMaps,
                nowPinned,
                ownersAfter(before.index().owners()),
                slots.orElse(before.index().slots()),
                ownership.orElse(before.index().ownership()));
        return new Snapshot(
                before.host(),
                takenAt,
                duration,
                namespaces.applyTo(before.namespaces()),
                interfaces.applyTo(before.interfaces()),
                nowAttached,
                nowLoaded,
                nowLinked,
                nowMaps,
                nowPinned,
                cgroups.applyTo(before.cgroups()),
                index,
                activity.orElse(before.activity()),
                own.orElse(before.own()),
                problems.orElse(before.problems()));
    }

    private Snapshot later(Snapshot before, Relations index) {
        return new Snapshot(
                before.host(),
                takenAt,
                duration,
                before.namespaces(),
                before.interfaces(),
                before.attachments(),
                before.programs(),
                before.links(),
                before.maps(),
                before.pins(),
                cgroups.applyTo(before.cgroups()),
                index,
                activity.orElse(before.activity()),
                before.own(),
                before.problems());
    }

    /**
     * Whether the same things are there with the same owners; only time has passed, runs were counted, or cgroups
     * came and went.
     */
    public boolean isQuiet() {
        return namespaces.isEmpty()
                && interfaces.isEmpty()
                && attachments.isEmpty()
                && programs.isEmpty()
                && links.isEmpty()
                && maps.isEmpty()
                && pins.isEmpty()
                && owners.isEmpty()
                && slots.isEmpty()
                && ownership.isEmpty()
                && own.isEmpty()
                && problems.isEmpty();
    }

    Delta withoutActivity() {
        return activity.isEmpty() ? this : with(Optional.empty());
    }

    Delta with(Activity other) {
        return with(Optional.of(other));
    }

    private Delta with(Optional<Activity> other) {
        return new Delta(
                takenAt,
                duration,
                namespaces,
                interfaces,
                attachments,
                programs,
                links,
                maps,
                pins,
                cgroups,
                owners,
                slots,
                ownership,
                other,
                own,
                problems);
    }

    /** Bytes of what it holds alone, about; the activity is not counted. */
    long weight() {
        return 400L * (fresh(namespaces) + fresh(interfaces) + fresh(attachments) + fresh(programs))
                + 250L * (fresh(links) + fresh(maps) + fresh(pins) + owners.size())
                + 24L * fresh(cgroups);
    }

    private static long fresh(Edits<?> edits) {
        return edits.steps().stream()
                .filter(step -> step instanceof Edits.Step.Put<?>)
                .mapToLong(step -> ((Edits.Step.Put<?>) step).items().size())
                .sum();
    }

    private Map<ObjectId, List<Owner>> ownersAfter(Map<ObjectId, List<Owner>> before) {
        if (owners.isEmpty()) {
            return before;
        }
        Map<ObjectId, List<Owner>> after = new HashMap<>(before);
        owners.forEach((object, there) -> {
            if (there.isEmpty()) {
                after.remove(object);
            } else {
                after.put(object, there);
            }
        });
        return after;
    }

    private static Map<ObjectId, List<Owner>> owners(
            Map<ObjectId, List<Owner>> before, Map<ObjectId, List<Owner>> after) {
        if (before == after) {
            return Map.of();
        }
        Map<ObjectId, List<Owner>> changed = new HashMap<>();
        int both = 0;
        for (Map.Entry<ObjectId, List<Owner>> entry : after.entrySet()) {
            List<Owner> known = before.get(entry.getKey());
            both += known == null ? 0 : 1;
            if (known == null || !isSame(known, entry.getValue())) {
                changed.put(entry.getKey(), entry.getValue());
            }
        }
        if (both < before.size()) {
            for (ObjectId object : before.keySet()) {
                if (!after.containsKey(object)) {
                    changed.put(object, List.of());
                }
            }
        }
        return changed;
    }

    /* one holder mostly, and thousands of such lists */
    private static boolean isSame(List<Owner> before, List<Owner> after) {
        int size = before.size();
        if (after.size() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!before.get(i).equals(after.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static <V> Optional<V> changed(V before, V after) {
        return before.equals(after) ? Optional.empty() : Optional.of(after);
    }
}

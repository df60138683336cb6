package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.Reading;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between two pictures of any hosts, in names, order, builds, modes, owners and pins; numbers
 * that the kernel hands out are left out.
 */
public final class Comparison {
    private final Side before;
    private final Side after;
    private final boolean areOwnersSeen;
    private final List<Difference> found = new ArrayList<>();

    private Comparison(Snapshot before, Snapshot after) {
        this.before = new Side(before);
        this.after = new Side(after);
        this.areOwnersSeen = ownersUnseen(before, after).isEmpty();
    }

    /** By what they belong to, in the order of the pictures; what belongs to the whole host comes last. */
    public static List<Difference> of(Snapshot before, Snapshot after) {
        Comparison comparison = new Comparison(before, after);
        comparison.attachments(Pairing.of(before, after));
        comparison.pins();
        Map<String, Integer> order = new LinkedHashMap<>();
        comparison.before.attachments().forEach(a -> order.putIfAbsent(comparison.before.scope(a), order.size()));
        comparison.after.attachments().forEach(a -> order.putIfAbsent(comparison.after.scope(a), order.size()));
        return comparison.found.stream()
                .sorted(Comparator.comparing(d -> order.getOrDefault(d.scope(), Integer.MAX_VALUE)))
                .toList();
    }

    /** Why owners were not compared: in one of the two at least they could not be seen. */
    public static Optional<String> ownersUnseen(Snapshot before, Snapshot after) {
        return Stream.of(before, after)
                .map(snapshot -> snapshot.index().ownership())
                .filter(ownership -> ownership.found().isEmpty())
                .map(Reading::reason)
                .findFirst();
    }

    private void attachments(Pairing pairing) {
        pairing.pairs().forEach(this::pair);
        order(pairing.pairs());
        pairing.gone()
                .forEach(a -> found.add(new Difference(
                        before.scope(a), a.ref(), Difference.What.ATTACHED, List.of(before.line(a)), List.of())));
        pairing.come()
                .forEach(a -> found.add(new Difference(
                        after.scope(a), a.ref(), Difference.What.ATTACHED, List.of(), List.of(after.line(a)))));
    }

    private void pair(Pairing.Pair pair) {
        Attachment a = pair.before();
        Attachment b = pair.after();
        if (!before.scope(a).equals(after.scope(b))) {
            differ(b, Difference.What.ATTACHED, List.of(a.ref()), List.of(b.ref()));
        }
        if (!before.name(a).equals(after.name(b))) {
            differ(b, Difference.What.PROGRAM, List.of(before.line(a)), List.of(after.line(b)));
        } else if (isOtherBuild(a, b)) {
            differ(b, Difference.What.BUILD, List.of(before.line(a)), List.of(after.line(b)));
        }
        differ(b, Difference.What.MODE, before.mode(a), after.mode(b));
        if (areOwnersSeen) {
            differ(b, Difference.What.OWNERS, before.owners(a), after.owners(b));
        }
        differ(b, Difference.What.PINS, before.pins(a), after.pins(b));
    }

    private boolean isOtherBuild(Attachment a, Attachment b) {
        Optional<String> one = before.fingerprint(a);
        Optional<String> other = after.fingerprint(b);
        if (one.isPresent() && other.isPresent()) {
            return !one.equals(other);
        }
        return !before.tag(a).equals(after.tag(b));
    }

    private void differ(Attachment b, Difference.What what, List<String> one, List<String> other) {
        if (!one.equals(other)) {
            found.add(new Difference(after.scope(b), b.ref(), what, one, other));
        }
    }

    /** Of what is in both, within each chain. */
    private void order(List<Pairing.Pair> pairs) {
        Map<String, List<Pairing.Pair>> chains = new LinkedHashMap<>();
        for (Pairing.Pair pair : pairs) {
            String place = after.place(pair.after());
            if (place.equals(before.place(pair.before()))) {
                chains.computeIfAbsent(place, p -> new ArrayList<>(1)).add(pair);
            }
        }
        for (List<Pairing.Pair> chain : chains.values()) {
            List<Pairing.Pair> was = chain.stream()
                    .sorted(Comparator.comparingInt(pair -> pair.before().position()))
                    .toList();
            List<Pairing.Pair> is = chain.stream()
                    .sorted(Comparator.comparingInt(pair -> pair.after().position()))
                    .toList();
            if (!was.equals(is)) {
                found.add(new Difference(
                        after.scope(is.get(0).after()),
                        is.get(0).after().ref(),
                        Difference.What.ORDER,
                        was.stream().map(pair -> before.name(pair.before())).toList(),
                        is.stream().map(pair -> after.name(pair.after())).toList()));
            }
        }
    }

    /** Those that belong to nothing attached, in one of the two at least. */
    private void pins() {
        Map<String, String> was = before.pinned();
        Map<String, String> is = after.pinned();
        TreeSet<String> paths = new TreeSet<>(before.loosePins());
        paths.addAll(after.loosePins());
        for (String path : paths) {
            List<String> one = Optional.ofNullable(was.get(path)).stream().toList();
            List<String> other = Optional.ofNullable(is.get(path)).stream().toList();
            if (!one.equals(other)) {
                found.add(new Difference("", path, Difference.What.PINS, one, other));
            }
        }
    }
}

package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/*
 * The surest sign first: within one boot the link, then the filter's key or the program; and for what is left,
 * as for two boots or hosts, names: the place in words and the program's name, then the place alone.
 */
/** Which attachments of two pictures are the same ones. */
final class Pairing {
    /** Both of one attachment. */
    record Pair(Attachment before, Attachment after) {}

    private final Side before;
    private final Side after;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Attachment> gone;
    private final List<Attachment> come;

    private Pairing(Snapshot before, Snapshot after) {
        this.before = new Side(before);
        this.after = new Side(after);
        this.gone = new ArrayList<>(this.before.attachments());
        this.come = new ArrayList<>(this.after.attachments());
    }

    static Pairing of(Snapshot before, Snapshot after) {
        Pairing pairing = new Pairing(before, after);
        String boot = before.host().bootId();
        if (!boot.isEmpty() && boot.equals(after.host().bootId())) {
            pairing.by(
                    (side, a) -> a.linkId().isPresent() ? Optional.of(a.linkId().getAsInt()) : Optional.empty());
            pairing.by((side, a) -> Optional.of(a.key()));
        }
        pairing.by((side, a) -> a.filter()
                .map(f -> List.of(
                        side.place(a), new Attachment.FilterKey(f.chain(), f.priority(), f.protocol(), f.handle()))));
        pairing.by((side, a) -> Optional.of(List.of(side.place(a), side.name(a))));
        pairing.by((side, a) -> Optional.of(side.place(a)));
        return pairing;
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Those of the first alone. */
    List<Attachment> gone() {
        return gone;
    }

    /** Those of the second alone. */
    List<Attachment> come() {
        return come;
    }

    /** Pairs what is left and has the same sign, in running order. */
    private void by(BiFunction<Side, Attachment, Optional<?>> sign) {
        Map<Object, List<Attachment>> open = new HashMap<>();
        for (Attachment a : gone) {
            sign.apply(before, a).ifPresent(key -> open.computeIfAbsent(key, k -> new ArrayList<>(1))
                    .add(a));
        }
        Set<Attachment> foundBefore = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Attachment> foundAfter = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Attachment b : come) {
            Optional<?> key = sign.apply(after, b);
            List<Attachment> candidates = key.isEmpty() ? List.of() : open.getOrDefault(key.get(), List.of());
            if (!candidates.isEmpty()) {
                Attachment a = candidates.remove(0);
                pairs.add(new Pair(a, b));
                foundBefore.add(a);
                foundAfter.add(b);
            }
        }
        gone.removeIf(foundBefore::contains);
        come.removeIf(foundAfter::contains);
    }
}

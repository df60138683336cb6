package bpfbay.collect;

import bpfbay.model.AttachTarget;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The freplace links by the program whose functions they replace. A function named {@code progN} is slot
 * N of a libxdp dispatcher; its configuration is not read here.
 */
final class Slots {
    /** One replaced function; the slot is absent where its name is not a dispatcher's. */
    record Slot(Link link, AttachTarget.Prog target, OptionalInt number) {}

    private final Map<Integer, List<Slot>> byTarget = new HashMap<>();
    private final Set<Integer> taken;

    Slots(List<Link> links, Set<Integer> taken) {
        this.taken = taken;
        for (Link link : links) {
            if (link.type().equals(LinkType.TRACING) && link.target() instanceof AttachTarget.Prog target) {
                byTarget.computeIfAbsent(target.progId(), id -> new ArrayList<>())
                        .add(new Slot(link, target, number(target)));
            }
        }
        byTarget.values().forEach(slots -> slots.sort(Slots::compare));
    }

    private static int compare(Slot a, Slot b) {
        int byNumber =
                Integer.compare(a.number().orElse(Integer.MAX_VALUE), b.number().orElse(Integer.MAX_VALUE));
        return byNumber == 0 ? Integer.compareUnsigned(a.link().id(), b.link().id()) : byNumber;
    }

    /** Those of a program that stands on an interface, in the order of their slots; each link once. */
    List<Slot> take(int progId) {
        List<Slot> all = byTarget.getOrDefault(progId, List.of());
        if (all.isEmpty()) {
            return all;
        }
        List<Slot> taking = new ArrayList<>(all);
        taking.removeIf(
                slot -> slot.number().isEmpty() || !taken.add(slot.link().id()));
        return taking;
    }

    private static OptionalInt number(AttachTarget.Prog target) {
        return target.function()
                .map(Name.SLOT::matcher)
                .filter(Matcher::matches)
                .map(match -> OptionalInt.of(Integer.parseInt(match.group(1))))
                .orElse(OptionalInt.empty());
    }

    /** Apart, since most hosts have no such links and a pattern is dear to a first look. */
    private static final class Name {
        private static final Pattern SLOT = Pattern.compile("prog([0-9]{1,2})");
    }
}

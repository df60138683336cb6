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

/**
 * The freplace links by the program whose functions they replace. A function named {@code progN} is slot
 * N of a libxdp dispatcher; its configuration is not read here.
 */
final class Slots {
    private static final String SLOT = "prog";
    private static final int MOST_DIGITS = 2;

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
        String function = target.function().orElse("");
        int digits = function.length() - SLOT.length();
        if (!function.startsWith(SLOT) || digits < 1 || digits > MOST_DIGITS) {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int at = SLOT.length(); at < function.length(); at++) {
            int digit = function.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            number = 10 * number + digit;
        }
        return OptionalInt.of(number);
    }
}

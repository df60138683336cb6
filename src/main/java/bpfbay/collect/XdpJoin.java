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

/*
 * IFLA_XDP says which program a device runs and not what holds it, and bpf_link_info says which ifindex
 * a link is on and not in which namespace. Where the link iterator tells the namespace the answer is
 * exact. Where it does not, a link counts for the device with its ifindex and program; were the same
 * program on the same ifindex of two namespaces, only one of them by link, the first asked would get it.
 */
/** Finds the link that holds a device's XDP program. Each link is given out once. */
final class XdpJoin {
    private record Spot(int ifindex, int progId) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Spot that && that.ifindex == ifindex && that.progId == progId;
        }

        @Override
        public int hashCode() {
            return 31 * ifindex + progId;
        }
    }

    private final Map<Spot, List<Link>> links = new HashMap<>();
    private final Set<Integer> taken;

    XdpJoin(List<Link> all, Set<Integer> taken) {
        this.taken = taken;
        for (Link link : all) {
            if (link.type().equals(LinkType.XDP) && link.target() instanceof AttachTarget.Netdev dev) {
                links.computeIfAbsent(new Spot(dev.ifindex(), link.progId()), s -> new ArrayList<>(1))
                        .add(link);
            }
        }
    }

    OptionalInt take(long netns, int ifindex, int progId) {
        for (Link link : links.getOrDefault(new Spot(ifindex, progId), List.of())) {
            boolean isThere = link.target() instanceof AttachTarget.Netdev dev
                    && (dev.netns().isEmpty() || dev.netns().getAsLong() == netns);
            if (isThere && taken.add(link.id())) {
                return OptionalInt.of(link.id());
            }
        }
        return OptionalInt.empty();
    }
}

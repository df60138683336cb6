package bpfbay.collect;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Link;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the link that holds a cgroup's program: the query of a cgroup gives programs only. A program may
 * stand on one cgroup by two links, or by a link and plainly; then the links are given out in the order
 * of their ids, to the first entries of that program.
 */
final class CgroupLinks {
    private record Spot(long cgroupId, AttachType attachType, int progId) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Spot that
                    && that.cgroupId == cgroupId
                    && that.progId == progId
                    && that.attachType.equals(attachType);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(cgroupId) + attachType.hashCode()) + progId;
        }
    }

    private final Map<Spot, Deque<Integer>> links = new HashMap<>();
    private final Set<Integer> taken;

    CgroupLinks(List<Link> all, Set<Integer> taken) {
        this.taken = taken;
        for (Link link : all) {
            Optional<AttachType> type = link.attachType();
            if (link.target() instanceof AttachTarget.Cgroup cgroup && type.isPresent()) {
                links.computeIfAbsent(new Spot(cgroup.id(), type.get(), link.progId()), s -> new ArrayDeque<>(1))
                        .add(link.id());
            }
        }
    }

    OptionalInt take(long cgroupId, AttachType attachType, int progId) {
        Deque<Integer> found = links.get(new Spot(cgroupId, attachType, progId));
        if (found == null || found.isEmpty()) {
            return OptionalInt.empty();
        }
        int id = found.removeFirst();
        taken.add(id);
        return OptionalInt.of(id);
    }
}

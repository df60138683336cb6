package bpfbay.diagnose;

import bpfbay.model.Holder;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/*
 * A tracer or a monitor opens whatever programs it finds. That it holds a program says nothing of who put
 * it there, and nothing of what is meant to run.
 */
/** Processes that hold what others have made. */
final class Observers {
    /** Descriptors are inherited: parent and child alone make no observer of either. */
    private static final int OTHERS = 2;

    private static final int NAMES = 3;

    /** Loads of one thing. */
    private record Sort(int type, String name) {}

    private final Set<Integer> pids;

    private Observers(Set<Integer> pids) {
        this.pids = Set.copyOf(pids);
    }

    static Observers among(Snapshot snapshot) {
        Map<Holder, Set<String>> others = new HashMap<>();
        Map<Holder, Set<Sort>> programs = new HashMap<>();
        Set<Holder> holdsMore = new HashSet<>();
        snapshot.index().owners().forEach((object, owners) -> {
            for (Owner owner : owners) {
                if (owner.isInferred()) {
                    continue;
                }
                if (object.kind() != ObjectId.Kind.PROG) {
                    holdsMore.add(owner.holder());
                } else if (!holdsMore.contains(owner.holder())) {
                    snapshot.program(object.id())
                            .ifPresent(program -> programs.computeIfAbsent(owner.holder(), h -> new HashSet<>())
                                    .add(new Sort(program.type().value(), program.name())));
                }
                if (owners.size() > 1) {
                    others.computeIfAbsent(owner.holder(), h -> new HashSet<>()).addAll(groups(owners, owner.holder()));
                }
            }
        });
        Set<Integer> pids = new HashSet<>();
        others.forEach((holder, groups) -> {
            if (groups.size() >= OTHERS) {
                pids.add(holder.pid());
            }
        });
        programs.forEach((holder, sorts) -> {
            if (sorts.size() >= NAMES && !holdsMore.contains(holder) && types(sorts) > 1) {
                pids.add(holder.pid());
            }
        });
        return new Observers(pids);
    }

    /** Whether they are the same processes. */
    boolean areAs(Observers other) {
        return pids.equals(other.pids);
    }

    boolean isOne(Owner owner) {
        return pids.contains(owner.holder().pid());
    }

    private static Set<String> groups(List<Owner> owners, Holder self) {
        Set<String> groups = new HashSet<>();
        for (Owner owner : owners) {
            if (!owner.isInferred() && !group(owner.holder()).equals(group(self))) {
                groups.add(group(owner.holder()));
            }
        }
        return groups;
    }

    /** Processes of one container or unit are one agent. */
    static String group(Holder holder) {
        return holder.container().or(holder::unit).orElse(holder.comm());
    }

    private static int types(Set<Sort> sorts) {
        return (int) sorts.stream().map(Sort::type).distinct().count();
    }
}

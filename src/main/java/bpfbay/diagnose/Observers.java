package bpfbay.diagnose;

import bpfbay.model.Holder;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Program;
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

    private final Set<Integer> pids;

    private Observers(Set<Integer> pids) {
        this.pids = Set.copyOf(pids);
    }

    static Observers among(Snapshot snapshot) {
        Map<Holder, Set<String>> others = new HashMap<>();
        Map<Holder, Set<String>> programs = new HashMap<>();
        Set<Holder> holdsMore = new HashSet<>();
        snapshot.index().owners().forEach((object, owners) -> {
            for (Owner owner : owners) {
                if (owner.isInferred()) {
                    continue;
                }
                if (object.kind() == ObjectId.Kind.PROG) {
                    snapshot.program(object.id())
                            .ifPresent(program -> programs.computeIfAbsent(owner.holder(), h -> new HashSet<>())
                                    .add(sort(program)));
                } else {
                    holdsMore.add(owner.holder());
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

    private static String sort(Program program) {
        return program.type().value() + " " + program.name();
    }

    private static int types(Set<String> sorts) {
        return (int) sorts.stream()
                .map(sort -> sort.substring(0, sort.indexOf(' ')))
                .distinct()
                .count();
    }
}

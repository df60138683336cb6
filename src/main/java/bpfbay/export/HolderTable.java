package bpfbay.export;

import bpfbay.model.Holder;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The processes that a document names as owners, each with all that is known of it once; an owner names its
 * process by pid. Two holders of one pid are told apart by their place in the table.
 */
final class HolderTable {
    private final List<Holder> holders;
    /** The place in the table, of holders that share their pid with another. */
    private final Map<Holder, Integer> shared = new HashMap<>();

    HolderTable(Map<ObjectId, List<Owner>> owners) {
        Set<Holder> found = new LinkedHashSet<>();
        for (List<Owner> of : owners.values()) {
            for (Owner owner : of) {
                found.add(owner.holder());
            }
        }
        holders = new ArrayList<>(found);
        holders.sort(new ByProcess());
        for (int i = 1; i < holders.size(); i++) {
            if (holders.get(i - 1).pid() == holders.get(i).pid()) {
                shared.put(holders.get(i - 1), i - 1);
                shared.put(holders.get(i), i);
            }
        }
    }

    /** Absent where the pid says which. */
    OptionalInt place(Holder holder) {
        Integer place = shared.get(holder);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    void write(Json json) {
        json.array("processes");
        for (Holder holder : holders) {
            json.object()
                    .put("pid", holder.pid())
                    .u64("start_ticks", holder.startTicks())
                    .put("comm", holder.comm())
                    .put("cgroup", holder.cgroup())
                    .put("unit", holder.unit())
                    .put("container", holder.container())
                    .end();
        }
        json.end();
    }

    private static final class ByProcess implements Comparator<Holder> {
        @Override
        public int compare(Holder a, Holder b) {
            if (a.pid() != b.pid()) {
                return Integer.compare(a.pid(), b.pid());
            }
            int byStart = Long.compareUnsigned(a.startTicks(), b.startTicks());
            return byStart != 0 ? byStart : a.comm().compareTo(b.comm());
        }
    }
}

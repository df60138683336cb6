package bpfbay.export;

import bpfbay.model.Holder;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Owners from their elements and the table that {@link HolderTable} wrote. */
final class HolderReader {
    private final List<Holder> holders = new ArrayList<>();
    private final Map<Integer, Holder> byPid = new HashMap<>();

    HolderReader(List<Fields> processes) {
        for (Fields process : processes) {
            Holder holder = holder(process, process.u64("start_ticks").orElse(0));
            holders.add(holder);
            byPid.put(holder.pid(), holder);
        }
    }

    List<Owner> owners(Fields element) {
        List<Owner> owners = new ArrayList<>();
        for (Fields owner : element.list("owners")) {
            owners.add(new Owner(
                    holderOf(owner),
                    OpenWords.needConstant(ObjectId.Kind.values(), owner.needText("holds")),
                    owner.text("inferred")));
        }
        return owners;
    }

    private Holder holderOf(Fields owner) {
        OptionalInt place = owner.u32("process");
        if (place.isPresent() && place.getAsInt() >= 0 && place.getAsInt() < holders.size()) {
            return holders.get(place.getAsInt());
        }
        Holder known = byPid.get(owner.needInt("pid"));
        return known != null ? known : holder(owner, 0);
    }

    private static Holder holder(Fields fields, long startTicks) {
        return new Holder(
                fields.needInt("pid"),
                startTicks,
                fields.textOrEmpty("comm"),
                fields.text("cgroup"),
                fields.text("unit"),
                fields.text("container"));
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every map. A definition never changes, so each is asked once. */
final class MapSource {
    private final ObjectInfos infos;
    private final Rows rows = new Rows(Rows.MAP_BYTES);
    private Map<Integer, BpfMap> known = new HashMap<>();
    private Listing<BpfMap> last = Listing.of(List.of());
    private boolean isComplete;

    MapSource(ObjectInfos infos) {
        this.infos = infos;
    }

    Listing<BpfMap> read(ObjectWalk walk) {
        walk.maps(rows);
        if (isComplete && rows.areUnchanged()) {
            return last;
        }
        isComplete = false;
        List<Problem> problems = learn(missing());
        Map<Integer, BpfMap> alive = new HashMap<>();
        List<BpfMap> items = new ArrayList<>(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            BpfMap map = known.get(rows.id(row));
            if (map != null) {
                items.add(map);
                alive.put(map.id(), map);
            }
        }
        isComplete = items.size() == rows.count();
        known = alive;
        last = new Listing<>(items, problems);
        return last;
    }

    /** Every map. Nothing of it is kept. */
    Listing<BpfMap> glance() {
        List<Problem> problems = new ArrayList<>();
        List<BpfMap> items = new ArrayList<>();
        infos.all(ObjectId.Kind.MAP, record -> take(record, problems, items::add));
        return new Listing<>(items, problems);
    }

    private int[] missing() {
        IdList missing = new IdList();
        for (int row = 0; row < rows.count(); row++) {
            if (!known.containsKey(rows.id(row))) {
                missing.add(rows.id(row));
            }
        }
        return missing.toArray();
    }

    /** The definitions of those maps that live, by id; what is not known yet is asked in one go. */
    Map<Integer, BpfMap> definitions(Iterable<Integer> ids) {
        IdList missing = new IdList();
        for (int id : ids) {
            if (!known.containsKey(id)) {
                missing.add(id);
            }
        }
        learn(missing.toArray());
        return known;
    }

    private List<Problem> learn(int[] ids) {
        List<Problem> problems = new ArrayList<>();
        infos.ask(ObjectId.Kind.MAP, ids, record -> take(record, problems, map -> known.put(map.id(), map)));
        return problems;
    }

    private static void take(InfoRecord record, List<Problem> problems, Consumer<BpfMap> found) {
        if (record.error() == 0) {
            found.accept(MapDecoder.decode(record.id(), record.info()));
        } else {
            ObjectInfos.note(record, problems);
        }
    }
}

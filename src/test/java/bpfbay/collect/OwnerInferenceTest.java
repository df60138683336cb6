package bpfbay.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.BpfMap;
import bpfbay.model.Holder;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.ProgType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OwnerInferenceTest {
    private static final Holder AGENT =
            new Holder(1204, 77, "cilium", Optional.empty(), Optional.empty(), Optional.empty());

    private final Map<ObjectId, List<Holder>> holders = new HashMap<>();
    private final Map<Integer, BpfMap> maps =
            Map.of(25, new BpfMap(25, MapType.ARRAY, "cnt", 4, 8, 1, 0, OptionalInt.empty(), 0, 0));
    private final Map<ObjectId, List<Pin>> pins = new HashMap<>();

    private void pin(ObjectId object, String path, String mount) {
        pins.put(object, List.of(new Pin(object, path, 1, mount)));
    }

    private List<String> reasons(OptionalInt link, Integer... mapIds) {
        return new OwnerInference(holders, maps, pins)
                .infer(Seen.program(11, ProgType.XDP, "xdp_fw", mapIds), link).stream()
                        .map(Owner::inferredBecause)
                        .map(Optional::orElseThrow)
                        .toList();
    }

    @Test
    void the_holder_of_a_map_is_the_likely_owner() {
        holders.put(ObjectId.map(25), List.of(AGENT));

        assertEquals(List.of("holds its map cnt #25"), reasons(OptionalInt.empty(), 25));
    }

    @Test
    void who_holds_a_neighbour_of_the_links_pin_is_the_likely_owner() {
        pin(ObjectId.link(5), "/sys/fs/bpf/fw/link", "0:30");
        pin(ObjectId.map(40), "/sys/fs/bpf/fw/state", "0:30");
        holders.put(ObjectId.map(40), List.of(AGENT));

        assertEquals(List.of("holds map:40, pinned in the same folder /sys/fs/bpf/fw"), reasons(OptionalInt.of(5)));
    }

    @Test
    void the_same_path_of_another_bpffs_is_another_folder() {
        pin(ObjectId.prog(11), "/sys/fs/bpf/fw/prog", "0:30");
        pin(ObjectId.map(40), "/sys/fs/bpf/fw/state", "0:31");
        holders.put(ObjectId.map(40), List.of(AGENT));

        assertEquals(List.of(), reasons(OptionalInt.empty()));
    }

    @Test
    void what_bpfbay_keeps_for_one_way_back_belongs_to_many() {
        pin(ObjectId.prog(11), "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0", "0:30");
        pin(ObjectId.map(40), "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/array-40", "0:30");
        holders.put(ObjectId.map(40), List.of(AGENT));

        assertEquals(List.of(), reasons(OptionalInt.empty()));
    }

    @Test
    void nobody_is_named_where_nothing_points_to_anybody() {
        assertEquals(List.of(), reasons(OptionalInt.empty(), 25));
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Reading;
import bpfbay.model.SlotView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The programs that stand in entries of program arrays, devmaps, cpumaps and socket maps. Each entry is a call
 * of its own, about two microseconds, as these types have no batches: where that adds up, the first look leaves
 * it to the second and later ones look only now and then.
 */
final class SlotSource {
    private static final long FEW_ENTRIES = 1 << 10;
    private static final long MOST_ENTRIES = 1 << 17;
    private static final int LOOK_AGAIN = 10;
    /* of a smaller value no program is a part */
    private static final int VALUE_WITH_PROGRAM = 8;

    private final NativeBuffer ids = new NativeBuffer(4096);
    private List<BpfMap> lastMaps = List.of();
    private SlotView last = SlotView.NOT_ASKED;
    private boolean isFirst = true;
    private int asked;

    SlotView read(List<BpfMap> all) {
        List<BpfMap> maps = all.stream().filter(SlotSource::mayHoldPrograms).toList();
        long entries = maps.stream().mapToLong(SlotSource::entries).sum();
        if (entries > FEW_ENTRIES && maps.equals(lastMaps) && ++asked < LOOK_AGAIN) {
            return last;
        }
        boolean isTooMuch = entries > (isFirst ? FEW_ENTRIES : MOST_ENTRIES);
        lastMaps = isFirst ? List.of() : maps;
        isFirst = false;
        asked = 0;
        SlotView now = isTooMuch ? tooMany(entries) : look(maps);
        if (!now.equals(last)) {
            last = now;
        }
        return last;
    }

    private static SlotView tooMany(long entries) {
        return new SlotView(
                new Reading.NotAsked<>("looking into " + entries + " entries of maps takes too long"), List.of());
    }

    private SlotView look(List<BpfMap> maps) {
        Map<Integer, List<ObjectId>> slots = new TreeMap<>(Integer::compareUnsigned);
        List<Problem> problems = new ArrayList<>();
        Optional<BpfMap> blind = Optional.empty();
        for (BpfMap map : maps) {
            int filled = Filling.into(
                    ids,
                    (address, capacity) -> SlotShim.shim_map_programs(
                            map.id(), map.type().value(), map.maxEntries(), address, capacity));
            if (filled >= 0) {
                put(slots, map, ids.slice(filled));
            } else if (filled != -Errno.ENOENT) {
                problems.add(problem(map, -filled));
                blind = isOfSockets(map) ? blind : Optional.of(map);
            }
        }
        return new SlotView(
                blind.<Reading<Map<Integer, List<ObjectId>>>>map(
                                map -> new Reading.NotAsked<>(map.object() + " cannot be read"))
                        .orElse(Reading.of(slots)),
                problems);
    }

    private static void put(Map<Integer, List<ObjectId>> slots, BpfMap map, ByteBuffer programs) {
        for (int at = 0; at < programs.limit(); at += Integer.BYTES) {
            List<ObjectId> there = slots.computeIfAbsent(programs.getInt(at), id -> new ArrayList<>(1));
            if (!there.contains(map.object())) {
                there.add(map.object());
            }
        }
    }

    private static boolean mayHoldPrograms(BpfMap map) {
        return switch (map.type().label()) {
            case "prog_array", "sockmap", "sockhash" -> true;
            case "devmap", "devmap_hash", "cpumap" -> map.valueSize() >= VALUE_WITH_PROGRAM;
            default -> false;
        };
    }

    private static boolean isOfSockets(BpfMap map) {
        return map.type().label().startsWith("sock");
    }

    /* of a socket map the programs are asked, not the entries */
    private static long entries(BpfMap map) {
        return isOfSockets(map) ? 1 : Integer.toUnsignedLong(map.maxEntries());
    }

    private static Problem problem(BpfMap map, int errno) {
        String operation = isOfSockets(map) ? "BPF_PROG_QUERY" : "BPF_MAP_LOOKUP_ELEM";
        String hint =
                switch (errno) {
                    case Errno.EPERM -> "user space may not read this map: whether it holds programs is not known";
                    case Errno.EINVAL ->
                        isOfSockets(map) ? "needs Linux 5.18 to tell its programs" : "its programs are not known";
                    default -> "its programs are not known";
                };
        return new Problem(operation, map.object().toString(), errno, hint);
    }
}

package bpfbay.swap;

import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.model.MapType;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of the live program's state: which maps are shared, made anew and empty, or of another layout. */
final class MapsGuard implements Guard {
    private static final int MOST_ENTRIES = 100_000;

    /** Every key of these is there from the start, so their number says nothing. */
    private static final Set<MapType> ARRAYS = Set.of(MapType.ARRAY, MapType.PERCPU_ARRAY);

    @Override
    public GuardResult check(Inspection inspection) {
        Optional<Program> candidate = inspection.challenger().program();
        if (candidate.isEmpty()) {
            return inspection.challenger().missing(GuardName.MAPS);
        }
        Findings findings = new Findings(GuardName.MAPS);
        Map<Integer, Program> live = inspection.live();
        if (live.size() > 1) {
            members(inspection, List.copyOf(live.values()), findings);
        }
        for (Program program : live.values()) {
            compare(inspection, maps(program, inspection), maps(candidate.get(), inspection), findings);
        }
        cost(inspection, live, maps(candidate.get(), inspection), findings);
        return findings.isEmpty()
                ? GuardResult.notApplicable(GuardName.MAPS, "neither program has a map")
                : findings.result();
    }

    /** What the maps take that only the candidate has. */
    private static void cost(
            Inspection inspection, Map<Integer, Program> live, List<BpfMap> candidate, Findings findings) {
        long bytes = 0;
        for (BpfMap map : candidate) {
            boolean isShared =
                    live.values().stream().anyMatch(program -> program.mapIds().contains(map.id()));
            bytes += isShared ? 0 : MapDefinitions.memory(inspection.ground().mapFacts(), map.id());
        }
        if (bytes > 0) {
            findings.remark("the candidate's own maps take " + bytes + " bytes");
        }
    }

    private static List<BpfMap> maps(Program program, Inspection inspection) {
        List<BpfMap> maps = new ArrayList<>();
        for (int id : program.mapIds()) {
            BpfMap map = inspection.maps().get(id);
            if (map != null) {
                maps.add(map);
            }
        }
        return maps;
    }

    /** One candidate has one set of maps, which cannot stand for several. */
    private static void members(Inspection inspection, List<Program> live, Findings findings) {
        Map<String, BpfMap> first = byName(maps(live.get(0), inspection));
        for (Program other : live.subList(1, live.size())) {
            Map<String, BpfMap> theirs = byName(maps(other, inspection));
            List<String> differing = new ArrayList<>();
            first.forEach((name, map) -> {
                BpfMap their = theirs.get(name);
                if (their != null && !isOneState(inspection, name, map, their)) {
                    differing.add(name);
                }
            });
            if (!differing.isEmpty() || !first.keySet().equals(theirs.keySet())) {
                String what = ProgramMark.of(live.get(0)).label() + " and "
                        + ProgramMark.of(other).label() + " have not the same "
                        + (differing.isEmpty() ? "maps" : String.join(", ", differing))
                        + ": one candidate cannot be right for both";
                if (inspection.request().target() instanceof SwapRequest.Target.OfProgramName) {
                    findings.fail(what);
                } else {
                    findings.warn(what);
                }
            }
        }
    }

    private static boolean isOneState(Inspection inspection, String name, BpfMap a, BpfMap b) {
        if (a.id() == b.id() || name.equals(".bss")) {
            return true;
        }
        return MapNames.isInternal(name)
                && value(inspection, a).equals(value(inspection, b))
                && value(inspection, a).isPresent();
    }

    private static Map<String, BpfMap> byName(List<BpfMap> maps) {
        Map<String, BpfMap> named = new LinkedHashMap<>();
        maps.forEach(map -> named.putIfAbsent(MapNames.base(map.name()), map));
        return named;
    }

    private static void compare(Inspection inspection, List<BpfMap> live, List<BpfMap> candidate, Findings findings) {
        Map<String, BpfMap> named = byName(candidate);
        for (BpfMap map : live) {
            BpfMap other = named.remove(MapNames.base(map.name()));
            if (other == null) {
                findings.warn(MapNames.label(map) + ": the candidate has none" + entries(inspection, map));
            } else if (other.id() == map.id()) {
                findings.remark(MapNames.label(map) + ": shared");
            } else if (MapNames.isInternal(map.name())) {
                internal(inspection, map, other, findings);
            } else if (!map.type().equals(MapType.PROG_ARRAY)) {
                pair(inspection, map, other, findings);
            }
        }
        named.values().forEach(map -> findings.remark(MapNames.label(map) + ": new"));
    }

    private static void pair(Inspection inspection, BpfMap live, BpfMap candidate, Findings findings) {
        String both = MapNames.label(live) + " → #" + Integer.toUnsignedString(candidate.id()) + ": ";
        List<String> differences = new ArrayList<>(MapDefinitions.differences(live, candidate));
        differences.addAll(MapDefinitions.layoutDifferences(inspection.ground().mapFacts(), live.id(), candidate.id()));
        if (!differences.isEmpty()) {
            findings.warn(both + "incompatible, " + String.join(", ", differences) + entries(inspection, live));
        } else {
            findings.warn(both + "re-created empty" + entries(inspection, live));
        }
    }

    private static void internal(Inspection inspection, BpfMap live, BpfMap candidate, Findings findings) {
        String both = MapNames.label(live) + " → #" + Integer.toUnsignedString(candidate.id()) + ": ";
        String name = MapNames.base(live.name());
        if (name.startsWith(".bss")) {
            findings.remark(both + "begins at zero");
            return;
        }
        Optional<Bytes> old = value(inspection, live);
        Optional<Bytes> now = value(inspection, candidate);
        if (old.isEmpty() || now.isEmpty()) {
            findings.warn(both + "its bytes cannot be read and compared");
        } else if (old.equals(now)) {
            findings.remark(both + "the same " + old.get().size() + " bytes");
        } else {
            findings.warn(both + difference(old.get(), now.get()));
        }
    }

    private static String difference(Bytes live, Bytes candidate) {
        if (live.size() != candidate.size()) {
            return live.size() + " bytes live, " + candidate.size() + " in the candidate";
        }
        int differing = 0;
        int first = 0;
        for (int i = live.size() - 1; i >= 0; i--) {
            if (live.get(i) != candidate.get(i)) {
                differing++;
                first = i;
            }
        }
        return differing + " of " + live.size() + " bytes differ, the first at " + first
                + " (live " + String.format(java.util.Locale.ROOT, "%02x", live.get(first)) + ", candidate "
                + String.format(java.util.Locale.ROOT, "%02x", candidate.get(first)) + ")";
    }

    private static Optional<Bytes> value(Inspection inspection, BpfMap map) {
        try {
            return inspection.ground().kernel().contents(map.id(), 1).sample().stream()
                    .map(MapContents.Pair::value)
                    .findFirst();
        } catch (KernelException unreadable) {
            return Optional.empty();
        }
    }

    private static String entries(Inspection inspection, BpfMap live) {
        if (ARRAYS.contains(live.type())) {
            return ", the live one has " + Integer.toUnsignedString(live.maxEntries()) + " elements";
        }
        try {
            MapContents contents = inspection.ground().kernel().contents(live.id(), MOST_ENTRIES);
            return ", the live one has "
                    + (contents.coverage() == MapContents.Coverage.ALL ? "" : "more than ")
                    + contents.entries()
                    + (contents.entries() == 1 ? " entry" : " entries");
        } catch (KernelException unreadable) {
            return "";
        }
    }
}

package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the candidate's program arrays lead where the live ones lead. */
final class TailCallsGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Optional<Program> candidate = inspection.challenger().program();
        if (candidate.isEmpty()) {
            return inspection.challenger().missing(GuardName.TAIL_CALLS);
        }
        Map<String, BpfMap> live = new LinkedHashMap<>();
        inspection.live().values().forEach(program -> arrays(program, inspection)
                .forEach(map -> live.putIfAbsent(MapNames.base(map.name()), map)));
        List<BpfMap> candidates = arrays(candidate.get(), inspection);
        if (candidates.isEmpty() && live.isEmpty()) {
            return GuardResult.notApplicable(GuardName.TAIL_CALLS, "neither program has a program array");
        }
        Findings findings = new Findings(GuardName.TAIL_CALLS);
        for (BpfMap map : candidates) {
            compare(map, Optional.ofNullable(live.remove(MapNames.base(map.name()))), inspection, findings);
        }
        live.values().forEach(map -> findings.remark(label(map) + ": the candidate has no such program array"));
        return findings.result();
    }

    static List<BpfMap> arrays(Program program, Inspection inspection) {
        List<BpfMap> arrays = new ArrayList<>();
        for (int id : program.mapIds()) {
            BpfMap map = inspection.maps().get(id);
            if (map != null && map.type().equals(MapType.PROG_ARRAY)) {
                arrays.add(map);
            }
        }
        return arrays;
    }

    private static void compare(BpfMap candidate, Optional<BpfMap> live, Inspection inspection, Findings findings) {
        try {
            Set<Integer> filled = slots(candidate, inspection);
            if (live.isPresent() && live.get().id() == candidate.id()) {
                findings.remark(label(candidate) + ": shared, " + filled.size() + " slots filled");
                return;
            }
            Set<Integer> wanted = live.isPresent() ? slots(live.get(), inspection) : Set.of();
            Set<Integer> missing = new TreeSet<>(wanted);
            missing.removeAll(filled);
            if (!missing.isEmpty()) {
                findings.warn(label(candidate) + ": slots " + missing + " are empty, the live "
                        + label(live.orElseThrow()) + " has them filled");
            } else if (filled.isEmpty()) {
                findings.warn(label(candidate) + ": empty, every tail call through it falls through");
            } else {
                findings.remark(label(candidate) + ": " + filled.size() + " slots filled");
            }
        } catch (KernelException e) {
            findings.warn(label(candidate) + ": " + e.getMessage());
        }
    }

    private static Set<Integer> slots(BpfMap map, Inspection inspection) {
        Set<Integer> filled = new TreeSet<>();
        Swapper swapper = inspection.ground().swapper();
        try (Fd array = swapper.map(map.id())) {
            swapper.slots(array).forEach(slot -> filled.add(slot.index()));
        }
        return filled;
    }

    private static String label(BpfMap map) {
        return MapNames.label(map);
    }
}

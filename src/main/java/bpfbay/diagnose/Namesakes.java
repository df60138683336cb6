package bpfbay.diagnose;

import bpfbay.history.Edits;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds named programs of one type and name, where there are several, without bpfbay's own: the earliest
 * loaded first, and of lists the one with the lowest id at its head.
 */
final class Namesakes {
    private static final Comparator<Program> BY_LOAD =
            Comparator.comparing(Program::loadedAt).thenComparing(Program::object);

    private Namesakes() {}

    static List<List<Program>> of(Snapshot now) {
        return with(new ArrayList<>(), now, name -> !name.isEmpty());
    }

    /** Those of a later picture: the lists of names that neither came nor went are the same. */
    static List<List<Program>> after(List<List<Program>> known, Snapshot before, Snapshot now, Edits<Program> edits) {
        if (edits.isEmpty()) {
            return known;
        }
        Set<String> names = names(before.programs(), edits);
        List<List<Program>> several = new ArrayList<>();
        for (List<Program> programs : known) {
            if (!names.contains(programs.get(0).name())) {
                several.add(programs);
            }
        }
        return with(several, now, names::contains);
    }

    /** Those that are known, and those of such names. */
    private static List<List<Program>> with(List<List<Program>> known, Snapshot now, Predicate<String> isWanted) {
        Map<String, List<Program>> named = new HashMap<>();
        for (Program program : now.programs()) {
            if (isWanted.test(program.name()) && (now.own().isEmpty() || !now.isOwn(program.object()))) {
                named.computeIfAbsent(program.name(), name -> new ArrayList<>(1))
                        .add(program);
            }
        }
        named.values().forEach(programs -> byType(programs, known));
        known.sort(Comparator.comparing(programs -> programs.get(0).object()));
        return known;
    }

    private static Set<String> names(List<Program> before, Edits<Program> edits) {
        List<Program> others = edits.dropped(before);
        others.addAll(edits.put());
        Set<String> names = new HashSet<>();
        for (Program program : others) {
            if (!program.name().isEmpty()) {
                names.add(program.name());
            }
        }
        return names;
    }

    private static void byType(List<Program> programs, List<List<Program>> several) {
        Map<Integer, List<Program>> types = new HashMap<>();
        programs.forEach(program -> types.computeIfAbsent(program.type().value(), type -> new ArrayList<>())
                .add(program));
        for (List<Program> alike : types.values()) {
            if (alike.size() > 1) {
                alike.sort(BY_LOAD);
                several.add(alike);
            }
        }
    }
}

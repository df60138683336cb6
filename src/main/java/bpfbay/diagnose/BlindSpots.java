package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.model.Problem;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the rules say is only of what was seen: names the rules that a failed look leaves half blind. */
final class BlindSpots {
    private static final int EPERM = 1;
    private static final int EACCES = 13;

    private static final Set<Code> OF_PROGRAMS = EnumSet.of(
            Code.SUPERSEDED_ATTACHMENT,
            Code.DUPLICATE_ATTACHMENT,
            Code.VERSION_SKEW,
            Code.MAP_SPLIT,
            Code.PIN_BEHIND,
            Code.ORPHAN_ATTACHMENT);
    private static final Set<Code> OF_LINKS =
            EnumSet.of(Code.DIES_WITH_PROCESS, Code.PIN_LIFETIME, Code.DETACHED_LINK, Code.SUPERSEDED_ATTACHMENT);
    private static final Set<Code> OF_HOOKS = EnumSet.of(
            Code.SUPERSEDED_ATTACHMENT,
            Code.DUPLICATE_ATTACHMENT,
            Code.VERSION_SKEW,
            Code.SHADOWED_ATTACHMENT,
            Code.GENERIC_XDP,
            Code.ORPHAN_ATTACHMENT);
    private static final Set<Code> OF_PINS = EnumSet.of(
            Code.SUPERSEDED_ATTACHMENT,
            Code.PIN_BEHIND,
            Code.PIN_LIFETIME,
            Code.DIES_WITH_PROCESS,
            Code.ORPHAN_ATTACHMENT);
    private static final Set<Code> OF_HOLDERS =
            EnumSet.of(Code.SUPERSEDED_ATTACHMENT, Code.DIES_WITH_PROCESS, Code.ORPHAN_ATTACHMENT);

    private BlindSpots() {}

    static List<NotEvaluated> of(Snapshot now) {
        List<NotEvaluated> spots = new ArrayList<>();
        for (Problem problem : now.problems()) {
            String why = problem.operation() + " " + problem.object()
                    + (problem.hint().isEmpty() ? ": it failed" : ": " + problem.hint());
            for (Code code : hidden(problem)) {
                spots.add(new NotEvaluated(code, cause(problem), why));
            }
        }
        return spots;
    }

    /** Some things are hidden even from those who may do everything. */
    static Cause cause(Problem problem) {
        boolean isDenial = problem.errno() == EPERM || problem.errno() == EACCES;
        return isDenial && problem.hint().startsWith("needs") ? Cause.PRIVILEGE : Cause.OTHER;
    }

    private static Set<Code> hidden(Problem problem) {
        String operation = problem.operation();
        if (operation.startsWith("BPF_PROG_GET")) {
            return OF_PROGRAMS;
        } else if (operation.startsWith("BPF_LINK_GET")) {
            return OF_LINKS;
        } else if (operation.startsWith("BPF_MAP_GET")) {
            return EnumSet.of(Code.MAP_SPLIT);
        } else if (problem.hint().contains("pins")) {
            return OF_PINS;
        } else if (problem.hint().contains("owner") || problem.hint().contains("holder")) {
            return OF_HOLDERS;
        } else if (operation.equals("BPF_ENABLE_STATS") || operation.equals("BPF_PROG_LOAD")) {
            // the rule of counts says it itself; and what an iterator cannot tell is asked in another way
            return Set.of();
        }
        return OF_HOOKS;
    }
}

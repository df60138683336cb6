package bpfbay.swap;

import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Whether the verifier takes the candidate. One that is loaded has passed. */
final class VerifiesGuard implements Guard {
    private static final int LAST_LINES = 12;

    @Override
    public GuardResult check(Inspection inspection) {
        Challenger challenger = inspection.challenger();
        Optional<String> refusal = challenger.refusal();
        if (refusal.isPresent() && challenger.refusedBy() != GuardName.CANDIDATE_VERIFIES) {
            return GuardResult.notApplicable(GuardName.CANDIDATE_VERIFIES, "it was not loaded");
        } else if (refusal.isPresent()) {
            List<String> evidence = new ArrayList<>();
            evidence.add(refusal.get());
            evidence.addAll(lastFirst(challenger.verifierLog()));
            return new GuardResult(GuardName.CANDIDATE_VERIFIES, GuardResult.Verdict.FAIL, evidence);
        }
        return GuardResult.pass(
                GuardName.CANDIDATE_VERIFIES,
                challenger.loaded().isPresent()
                        ? "loaded"
                                + challenger
                                        .program()
                                        .map(VerifiesGuard::effort)
                                        .orElse("")
                        : "it is loaded already");
    }

    private static String effort(Program program) {
        return ", " + Integer.toUnsignedString(program.verifiedInsns()) + " instructions verified";
    }

    /** The last lines of a log say why. */
    private static List<String> lastFirst(String log) {
        List<String> lines = new ArrayList<>(
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
        Collections.reverse(lines);
        return lines.subList(0, Math.min(LAST_LINES, lines.size()));
    }
}

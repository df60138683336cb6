package bpfbay.swap;

import bpfbay.model.Program;
import java.util.Optional;

/** Whether it is another program at all. Two loads of one build are two programs. */
final class DiffersGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Optional<Program> candidate = inspection.challenger().program();
        if (candidate.isEmpty()) {
            return inspection.challenger().missing(GuardName.CANDIDATE_DIFFERS);
        }
        Findings findings = new Findings(GuardName.CANDIDATE_DIFFERS);
        for (Seat seat : inspection.seats()) {
            if (seat.program().isPresent()) {
                compare(seat, seat.program().get(), candidate.get(), findings);
            }
        }
        return findings.result();
    }

    private static void compare(Seat seat, Program live, Program candidate, Findings findings) {
        if (live.id() == candidate.id()) {
            findings.fail(seat.ref() + ": " + ProgramMark.of(live).label() + " is the candidate itself");
        } else if (live.tag().equals(candidate.tag())) {
            findings.remark(seat.ref() + ": the same instructions (tag " + live.tag() + "), loaded once more");
        }
    }
}

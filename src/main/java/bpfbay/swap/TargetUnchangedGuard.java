package bpfbay.swap;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.Swapper;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import java.util.Optional;

/** Whether the place still holds what the operator was shown, and what they said must be there. */
final class TargetUnchangedGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Findings findings = new Findings(GuardName.TARGET_UNCHANGED);
        for (Seat seat : inspection.seats()) {
            if (seat.place().isPresent()) {
                look(seat, inspection, findings);
                expectation(seat, inspection.request().expected(), findings);
            }
        }
        return findings.isEmpty()
                ? GuardResult.notApplicable(GuardName.TARGET_UNCHANGED, "there is no place to look at")
                : findings.result();
    }

    private static void look(Seat seat, Inspection inspection, Findings findings) {
        String shown = name(seat);
        if (seat.sight() instanceof Seat.Sight.Gone gone) {
            findings.fail(seat.ref() + ": " + gone.why().getMessage());
        } else if (seat.sight() instanceof Seat.Sight.Seen seen) {
            if (!stands(seen.standing(), seat.progId())) {
                findings.fail(seat.ref() + ": "
                        + seen.standing().progId().stream()
                                .mapToObj(id -> "#" + Integer.toUnsignedString(id) + " stands there")
                                .findFirst()
                                .orElse("it is not there any more")
                        + ", not " + shown);
            } else if (seat.old().isEmpty() || isAnother(seat, inspection)) {
                findings.fail(seat.ref() + ": " + shown + " has gone, and its id may name another program");
            } else {
                findings.remark(seat.ref() + ": " + shown + " stands there" + blindness(seat));
            }
        }
    }

    static boolean stands(Swapper.Standing standing, int progId) {
        return standing.progId().isPresent() && standing.progId().getAsInt() == progId;
    }

    /** Ids come round again. */
    private static boolean isAnother(Seat seat, Inspection inspection) {
        Program now = inspection.programs().get(seat.progId());
        return now != null
                && seat.program().isPresent()
                && !(now.tag().equals(seat.program().get().tag())
                        && now.type().equals(seat.program().get().type()));
    }

    /** Only a revision tells a chain that was changed and changed back. */
    private static String blindness(Seat seat) {
        Primitive primitive = seat.atomicPlace().primitive();
        boolean hasRevision = seat.sight() instanceof Seat.Sight.Seen seen
                && seen.standing().revision().isPresent();
        return switch (primitive) {
            case TCX_PROGRAM, NETKIT_PROGRAM, CGROUP_PROGRAM ->
                hasRevision ? "" : "; a change to another program and back would not be noticed";
            default -> "; a change to another program and back would not be noticed";
        };
    }

    private static void expectation(Seat seat, Optional<Expectation> expected, Findings findings) {
        if (expected.isPresent() && seat.program().isPresent()) {
            Program program = seat.program().get();
            if (expected.get().isMetBy(program)) {
                findings.remark(seat.ref() + ": " + expected.get().text() + " was expected");
            } else {
                findings.fail(seat.ref() + ": " + expected.get().text() + " was expected, and " + name(seat)
                        + " with tag " + program.tag() + " stands there");
            }
        }
    }

    private static String name(Seat seat) {
        return seat.program()
                .map(program -> ProgramMark.of(program).label())
                .orElseGet(() -> ObjectId.prog(seat.progId()).toString());
    }
}

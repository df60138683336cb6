package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the way back of a plan before anybody is asked: pins, guard process, first lines of the journal. */
final class Preparation {
    private final Ground ground;
    private final SwapRequest request;
    private final String id;
    private final PreparedSwap.Hold hold;
    private final Chronicle chronicle;

    Preparation(Ground ground, SwapRequest request, String id, PreparedSwap.Hold hold, Chronicle chronicle) {
        this.ground = ground;
        this.request = request;
        this.id = id;
        this.hold = hold;
        this.chronicle = chronicle;
    }

    /** A blocked plan is not going anywhere: for it nothing is started and nothing written down. */
    GuardResult wayBack(Inspection inspection, boolean isBlocked, boolean isGuarded) {
        Map<Integer, Fd> old = new LinkedHashMap<>();
        inspection.seats().forEach(seat -> seat.old().ifPresent(fd -> old.put(seat.index(), fd)));
        if (old.isEmpty()) {
            return GuardResult.notApplicable(GuardName.WAY_BACK, "there is no program to keep");
        }
        Findings findings = new Findings(GuardName.WAY_BACK);
        try {
            pin(inspection, old, findings);
            if (!isBlocked && request.purpose() == SwapRequest.Purpose.COMMIT) {
                begin(inspection, isGuarded, findings);
            }
        } catch (KernelException e) {
            findings.fail("the old program cannot be kept: " + e.getMessage());
        }
        return findings.result();
    }

    private void pin(Inspection inspection, Map<Integer, Fd> old, Findings findings) {
        Map<Integer, Fd> arrays = arrays(inspection);
        WayBack wayBack = WayBack.of(ground.swapper(), id);
        wayBack.build(old, arrays);
        hold.keep(wayBack);
        findings.remark("kept under " + wayBack.folder()
                + (arrays.isEmpty() ? "" : ", with " + arrays.size() + " program arrays"));
    }

    private Map<Integer, Fd> arrays(Inspection inspection) {
        List<Program> programs = new ArrayList<>(inspection.live().values());
        inspection.challenger().program().ifPresent(programs::add);
        Map<Integer, Fd> arrays = new LinkedHashMap<>();
        for (Program program : programs) {
            for (BpfMap array : TailCallsGuard.arrays(program, inspection)) {
                if (!arrays.containsKey(array.id())) {
                    arrays.put(array.id(), hold.keep(ground.swapper().map(array.id())));
                }
            }
        }
        return arrays;
    }

    private void begin(Inspection inspection, boolean isGuarded, Findings findings) {
        List<Chronicle.Subject> subjects =
                subjects(inspection.seats(), inspection.challenger().program());
        if (isGuarded) {
            Guardians.Guardian guardian = ground.guardians().start(orders(inspection));
            hold.keep(guardian);
            findings.remark("guard process " + guardian.pid() + " stands");
            guardian.status().lacks().forEach(findings::remark);
        }
        boolean isWritten = chronicle.note(
                JournalEvent.PLANNED, subjects, request.candidate().text());
        isWritten &= chronicle.note(
                JournalEvent.WAY_BACK,
                subjects,
                hold.wayBack().map(way -> way.folder().toString()).orElse(""));
        if (!isWritten) {
            findings.fail("no journal can be written, and without one nobody finds the way back");
        }
        ground.journal().warnings().forEach(findings::warn);
    }

    private Guardians.Orders orders(Inspection inspection) {
        int to = inspection.challenger().program().map(Program::id).orElse(0);
        return new Guardians.Orders(
                id,
                ground.controls().resolve(id),
                ground.journal().files(),
                inspection.seats().stream()
                        .map(seat ->
                                new Guardians.Member(seat.ref(), seat.atomicPlace(), seat.progId(), to, seat.pins()))
                        .toList(),
                hold.locks().descriptors(),
                request.probe(),
                hold.wayBack().map(WayBack::folder));
    }

    static List<Chronicle.Subject> subjects(List<Seat> seats, Optional<Program> candidate) {
        return seats.stream()
                .map(seat -> new Chronicle.Subject(
                        seat.index(),
                        seat.ref(),
                        Call.of(seat.atomicPlace().primitive()).label(),
                        Optional.of(seat.anchor()),
                        seat.attachment().linkId(),
                        seat.program().map(ProgramMark::of),
                        candidate.map(ProgramMark::of)))
                .toList();
    }
}

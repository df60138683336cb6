package bpfbay.swap;

import static bpfbay.swap.Progress.Stage.COMMITTING;
import static bpfbay.swap.Progress.Stage.DONE;
import static bpfbay.swap.Progress.Stage.ROLLING_BACK;
import static bpfbay.swap.Progress.Stage.SOAKING;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.Program;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Carries a plan out: all members or none. Each step is in the journal before the next; the kernel alone
 * decides, by its own comparison, whether the expected program was still there.
 */
final class Commit {
    private final Ground ground;
    private final PreparedSwap prepared;
    private final Progress progress;
    private final SwapPlan plan;
    private final Chronicle chronicle;
    private final List<Chronicle.Subject> subjects;
    private final List<Seat> done = new ArrayList<>();
    private final Set<SwapPlace> chainsMoved = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    Commit(Ground ground, PreparedSwap prepared, Progress progress) {
        this.ground = ground;
        this.prepared = prepared;
        this.progress = Progress.heedless(progress);
        this.plan = prepared.plan();
        this.chronicle = prepared.chronicle();
        this.subjects = Preparation.subjects(prepared.seats(), plan.to());
    }

    /** What stopped a swap half way. */
    record Setback(JournalEvent event, String why, Optional<Seat> seat) {}

    SwapOutcome run() {
        Optional<Guardian> guardian = prepared.hold().guardian();
        Optional<Instant> deadline;
        try {
            deadline = guardian.map(guard -> guard.arm(window().plus(soak())));
        } catch (KernelException e) {
            return outcome(new Setback(
                    JournalEvent.FAILED,
                    "the guard process does not answer, nothing was done: " + e.getMessage(),
                    Optional.empty()));
        }
        if (!chronicle.note(JournalEvent.COMMITTING, subjects, "")) {
            return outcome(new Setback(
                    JournalEvent.FAILED, "no journal can be written any more, nothing was done", Optional.empty()));
        }
        prepared.hold().becomePartOfSwap();
        Optional<Setback> setback = members();
        if (setback.isEmpty() && guardian.isPresent()) {
            try {
                deadline =
                        plan.canary().isPresent() ? Optional.of(guardian.get().arm(window())) : deadline;
                guardian.get().committed();
            } catch (KernelException e) {
                setback = Optional.of(new Setback(
                        JournalEvent.FAILED, "the guard process is gone: " + e.getMessage(), Optional.empty()));
            }
        }
        if (setback.isPresent()) {
            return undone(setback.get());
        }
        deadline.ifPresentOrElse(
                until -> chronicle.pending(subjects, until), () -> chronicle.note(JournalEvent.VERIFIED, subjects, ""));
        notes.addAll(new RunCheck(ground, prepared).notes());
        notes.addAll(ground.journal().warnings());
        progress.at(new Progress.Step(DONE, done.size(), plan.members().size(), plan.phrase()));
        SwapOutcome.Summary summary = Summaries.of(ground, plan, notes);
        return deadline.<SwapOutcome>map(until -> new SwapOutcome.Pending(summary, until))
                .orElseGet(() -> new SwapOutcome.Swapped(summary));
    }

    private Duration window() {
        return plan.window().map(SwapPlan.Window::time).orElse(Duration.ZERO);
    }

    private Duration soak() {
        return plan.canary().map(SwapRequest.Canary::soak).orElse(Duration.ZERO);
    }

    private Optional<Setback> members() {
        List<Seat> seats = prepared.seats();
        int first = plan.canary()
                .map(canary -> Math.min(canary.first(), seats.size()))
                .orElse(seats.size());
        Optional<Setback> setback = batch(seats.subList(0, first));
        if (setback.isPresent() || first == seats.size()) {
            return setback;
        }
        setback = soaked(seats.subList(0, first));
        return setback.isPresent() ? setback : batch(seats.subList(first, seats.size()));
    }

    private Optional<Setback> batch(List<Seat> seats) {
        List<Seat> now = new ArrayList<>();
        Optional<Setback> setback = Optional.empty();
        for (Seat seat : seats) {
            setback = replace(seat);
            if (setback.isPresent()) {
                break;
            }
            now.add(seat);
            done.add(seat);
            progress.at(
                    new Progress.Step(COMMITTING, done.size(), plan.members().size(), seat.ref()));
        }
        if (!now.isEmpty()) {
            chronicle.note(JournalEvent.COMMITTED, of(now), "");
        }
        return setback.isEmpty() ? standing(now) : setback;
    }

    private Optional<Setback> replace(Seat seat) {
        try {
            ground.swapper().replace(seat.atomicPlace(), seat.old().orElseThrow(), candidate(), revision(seat));
            return Optional.empty();
        } catch (KernelException.Conflict | KernelException.Gone | KernelException.Held e) {
            return Optional.of(new Setback(JournalEvent.STALE, seat.ref() + ": " + e.getMessage(), Optional.of(seat)));
        } catch (KernelException e) {
            return Optional.of(new Setback(JournalEvent.FAILED, seat.ref() + ": " + e.getMessage(), Optional.of(seat)));
        }
    }

    private Fd candidate() {
        return prepared.hold().challenger().fd().orElseThrow();
    }

    /** As the plan saw it; a second member of one chain finds it moved by the first. */
    private OptionalLong revision(Seat seat) {
        boolean isFirst = chainsMoved.add(seat.atomicPlace());
        return isFirst && seat.sight() instanceof Seat.Sight.Seen seen
                ? seen.standing().revision()
                : OptionalLong.empty();
    }

    /** What was put there must be what is there. */
    private Optional<Setback> standing(List<Seat> seats) {
        States states = new States(ground.swapper());
        for (Seat seat : seats) {
            States.State state =
                    states.read(seat.ref(), seat.atomicPlace(), seat.program().map(ProgramMark::of), to());
            if (state.whose() != States.Whose.NEW) {
                JournalEvent event = state.whose() == States.Whose.UNKNOWN ? JournalEvent.FAILED : JournalEvent.STALE;
                return Optional.of(new Setback(
                        event, "after the swap something else stands there: " + state.words(), Optional.of(seat)));
            }
        }
        return Optional.empty();
    }

    private Optional<ProgramMark> to() {
        return plan.to().map(ProgramMark::of);
    }

    private Optional<Setback> soaked(List<Seat> first) {
        Duration left = soak();
        while (!left.isZero() && !left.isNegative()) {
            progress.at(new Progress.Step(SOAKING, done.size(), plan.members().size(), left.toSeconds() + " s left"));
            Duration step = left.compareTo(Duration.ofSeconds(1)) < 0 ? left : Duration.ofSeconds(1);
            if (!ground.pause().passes(step)) {
                return Optional.of(
                        new Setback(JournalEvent.REVERTED, "interrupted while the canary soaked", Optional.empty()));
            }
            left = left.minus(step);
            Optional<Setback> setback = standing(first);
            if (setback.isPresent()) {
                return setback;
            }
        }
        return probed();
    }

    private Optional<Setback> probed() {
        return prepared.probe()
                .flatMap(ProbeCommand::objection)
                .map(why -> new Setback(JournalEvent.REVERTED, why, Optional.empty()));
    }

    /** Puts the others back, in reverse order, each only if our program is still there. */
    private SwapOutcome undone(Setback setback) {
        setback.seat().ifPresent(seat -> chronicle.note(setback.event(), of(List.of(seat)), setback.why()));
        boolean isFirstDone =
                setback.seat().isPresent() && done.contains(setback.seat().get());
        List<Seat> others = new ArrayList<>(done);
        if (isFirstDone) {
            others.remove(setback.seat().get());
        }
        if (!others.isEmpty()) {
            chronicle.note(JournalEvent.REVERTING, of(others), setback.why());
        }
        boolean isAllBack = true;
        for (int i = others.size() - 1; i >= 0; i--) {
            isAllBack &= putBack(others.get(i));
            progress.at(new Progress.Step(
                    ROLLING_BACK,
                    others.size() - i,
                    others.size(),
                    others.get(i).ref()));
        }
        notOurs(setback, others);
        if (isAllBack) {
            prepared.hold().giveUp();
        }
        return outcome(setback);
    }

    /** Members that were never begun, so that the journal leaves none open. */
    private void notOurs(Setback setback, List<Seat> putBack) {
        List<Seat> untouched = new ArrayList<>(prepared.seats());
        untouched.removeAll(putBack);
        setback.seat().ifPresent(untouched::remove);
        if (!untouched.isEmpty()) {
            chronicle.note(JournalEvent.REVERTED, of(untouched), "never begun");
        }
    }

    private boolean putBack(Seat seat) {
        try {
            ground.swapper().replace(seat.atomicPlace(), candidate(), seat.old().orElseThrow(), OptionalLong.empty());
            chronicle.note(JournalEvent.REVERTED, of(List.of(seat)), "");
            return true;
        } catch (KernelException.Conflict | KernelException.Gone | KernelException.Held e) {
            chronicle.note(JournalEvent.STALE, of(List.of(seat)), String.valueOf(e.getMessage()));
            notes.add(seat.ref() + ": not put back, since somebody else changed it: " + e.getMessage());
            return true;
        } catch (KernelException e) {
            chronicle.note(JournalEvent.FAILED, of(List.of(seat)), String.valueOf(e.getMessage()));
            notes.add(seat.ref() + ": could not be put back: " + e.getMessage()
                    + (prepared.hold().guardian().isPresent()
                            ? "; the guard process tries again at its deadline"
                            : ""));
            return false;
        }
    }

    private SwapOutcome outcome(Setback setback) {
        notes.addAll(ground.journal().warnings());
        SwapOutcome.Summary summary = Summaries.of(ground, plan, notes);
        return switch (setback.event()) {
            case STALE -> new SwapOutcome.Stale(summary, setback.why());
            case REVERTED -> new SwapOutcome.Reverted(summary, setback.why());
            default -> new SwapOutcome.Failed(summary, setback.why());
        };
    }

    private List<Chronicle.Subject> of(List<Seat> seats) {
        return seats.stream().map(seat -> subjects.get(seat.index())).toList();
    }

    /** The program that is put there. */
    static Program newProgram(PreparedSwap prepared) {
        return prepared.plan().to().orElseThrow();
    }
}

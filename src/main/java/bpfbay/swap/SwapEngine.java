package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.KernelException;
import bpfbay.model.Snapshot;
import bpfbay.swap.SwapRecord.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Plans, commits, verifies, undoes. Calls block; one thread at a time. */
public final class SwapEngine {
    private static final String LAST = "last";

    private final Ground ground;

    public SwapEngine(Ground ground) {
        this.ground = ground;
    }

    /**
     * Makes a plan and asks every guard; nothing live is changed. The result must be closed, also after its
     * commit. Fails with {@link NotUnderstoodException} where a ref or the candidate names nothing or is of another
     * kind, and with a KernelException where privileges or kernel do not allow even a plan.
     */
    public PreparedSwap plan(SwapRequest request, Snapshot snapshot) {
        return new Planner(ground, request, snapshot).plan();
    }

    /** What an object file holds. Fails with a KernelException where it is no such file. */
    public Candidates.Contents contents(Path objectFile) {
        return ground.candidates().contents(objectFile);
    }

    /** The outcome of leaving it at the plan. */
    public SwapOutcome.Planned planned(PreparedSwap prepared) {
        SwapPlan plan = prepared.plan();
        return new SwapOutcome.Planned(
                Summaries.of(ground, plan, List.of()), plan, plan.isBlocked() ? failed(plan) : "");
    }

    /**
     * Does what was planned, once. Whatever goes wrong is an outcome; it never throws for a kernel's no. A
     * blocked plan gives its refusal at once, so that nobody need be asked.
     */
    public SwapOutcome commit(PreparedSwap prepared, Consent consent, Progress progress) {
        SwapPlan plan = prepared.plan();
        if (isFailed(plan, GuardName.TARGET_UNCHANGED) && !isFailed(plan, GuardName.LOCK)) {
            return new SwapOutcome.Stale(Summaries.of(ground, plan, List.of()), failed(plan));
        } else if (plan.isBlocked()) {
            return refused(plan, failed(plan));
        }
        Optional<String> objection = objection(plan, consent);
        if (objection.isPresent()) {
            return refused(plan, objection.get());
        } else if (!prepared.begin()) {
            return refused(plan, "the plan was carried out already: make a new one");
        }
        SwapOutcome outcome = new Commit(ground, prepared, progress).run();
        return outcome instanceof SwapOutcome.Swapped swapped ? settled(swapped, prepared) : outcome;
    }

    private SwapOutcome refused(SwapPlan plan, String why) {
        return new SwapOutcome.Refused(Summaries.of(ground, plan, List.of()), why);
    }

    private static boolean isFailed(SwapPlan plan, GuardName name) {
        return plan.guard(name).filter(GuardResult::isFailed).isPresent();
    }

    private SwapOutcome settled(SwapOutcome.Swapped swapped, PreparedSwap prepared) {
        boolean hasPins =
                prepared.seats().stream().anyMatch(seat -> !seat.pins().isEmpty());
        boolean isAlone =
                WayBack.all(ground.swapper()).equals(List.of(swapped.summary().id()));
        if (isAlone && !hasPins) {
            return swapped;
        }
        SwapRecord swap = new Records(ground).byId(swapped.summary().id());
        List<String> notes = new ArrayList<>(swapped.summary().notes());
        notes.addAll(settle(swap));
        SwapOutcome.Summary summary = swapped.summary();
        return new SwapOutcome.Swapped(
                new SwapOutcome.Summary(summary.id(), summary.places(), summary.guards(), notes));
    }

    /** What is done once a swap stays. */
    private List<String> settle(SwapRecord swap) {
        List<String> notes = new ArrayList<>();
        for (SwapRecord.Member member : swap.members()) {
            if (member.anchor().isPresent()
                    && member.from().isPresent()
                    && member.to().isPresent()) {
                notes.addAll(PinRenewal.renew(
                        ground.swapper(),
                        member.anchor().get().pins(),
                        member.from().get().progId(),
                        member.to().get().progId()));
            }
        }
        new Retention(ground).dropBefore(swap);
        notes.addAll(ground.journal().warnings());
        return notes;
    }

    private static String failed(SwapPlan plan) {
        return plan.guards().stream()
                .filter(GuardResult::isFailed)
                .map(guard -> guard.name().label() + ": "
                        + guard.evidence().stream().findFirst().orElse("failed"))
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> objection(SwapPlan plan, Consent consent) {
        if (consent instanceof Consent.Typed typed) {
            return typed.phrase().equals(plan.phrase())
                    ? Optional.empty()
                    : Optional.of("'" + typed.phrase() + "' was typed instead of '" + plan.phrase() + "'");
        }
        Set<GuardName> open = new TreeSet<>(plan.warned());
        open.removeAll(((Consent.Given) consent).accepted());
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("warned and not accepted: "
                        + open.stream().map(GuardName::label).collect(Collectors.joining(",")));
    }

    /**
     * Lets a pending swap stay.
     *
     * @param id of a swap, or {@code last}: the only pending one, of this user
     */
    public SwapOutcome confirm(String id) {
        SwapRecord swap = id.equals(LAST) ? lastPending() : new Records(ground).byId(id);
        Optional<SwapOutcome> over = over(swap);
        if (over.isPresent()) {
            return over.get();
        }
        Optional<Guardians.Ending> ending = byItsGuard(swap, Guardian::confirm);
        return ending.isPresent() ? ended(swap, ending.get(), "") : confirmAlone(swap.id());
    }

    /** Empty where it has none any more: then the journal says how it ended, if it has. */
    private Optional<Guardians.Ending> byItsGuard(SwapRecord swap, Function<Guardian, Guardians.Ending> word) {
        Optional<Guardian> guardian = ground.guardians().find(ground.controls().resolve(swap.id()));
        if (guardian.isEmpty()) {
            return Optional.empty();
        }
        try (Guardian alive = guardian.get()) {
            return Optional.of(word.apply(alive));
        } catch (KernelException.Gone killed) {
            return Optional.empty();
        }
    }

    private SwapOutcome confirmAlone(String id) {
        SwapRecord swap = new Records(ground).byId(id);
        Optional<SwapOutcome> over = over(swap);
        if (over.isPresent()) {
            return over.get();
        }
        try (HeldLocks locks = LockedAgain.take(ground, swap)) {
            if (locks.held().isPresent()) {
                return refused(swap, locks.held().get());
            }
            States states = new States(ground.swapper());
            boolean isNew = swap.members().stream()
                    .allMatch(member -> states.read(member).whose() == States.Whose.NEW);
            if (!isNew) {
                return new SwapOutcome.Stale(
                        Summaries.of(ground, swap, List.of()),
                        "the new program does not stand everywhere: see recover");
            }
            new Chronicle(ground, ground.kernel().host().bootId(), swap.id())
                    .note(JournalEvent.CONFIRMED, Undo.subjects(swap.members()), "its guard process was gone");
            return stays(swap, "its guard process was gone");
        }
    }

    private SwapOutcome stays(SwapRecord swap, String why) {
        return new SwapOutcome.Confirmed(Summaries.of(ground, swap, settle(swap)), why);
    }

    private SwapOutcome ended(SwapRecord swap, Guardians.Ending ending, String why) {
        return switch (ending.kind()) {
            case CONFIRMED -> stays(swap, why);
            case REVERTED -> {
                WayBack.of(ground.swapper(), swap.id()).remove();
                yield new SwapOutcome.Reverted(Summaries.of(ground, swap, ending.places()), why);
            }
            case STALE -> {
                WayBack.of(ground.swapper(), swap.id()).remove();
                yield new SwapOutcome.Stale(
                        Summaries.of(ground, swap, ending.places()),
                        "somebody else has changed it since: that was left alone");
            }
            case FAILED ->
                new SwapOutcome.Failed(Summaries.of(ground, swap, ending.places()), "the guard process failed");
        };
    }

    /**
     * Puts the old programs back.
     *
     * @param id of a swap, or {@code last}: the newest that has a way back, of this user
     */
    public SwapOutcome revert(String id) {
        SwapRecord swap = id.equals(LAST) ? lastRevertible() : new Records(ground).byId(id);
        if (!swap.isRevertible() || isOtherBoot(swap)) {
            return over(swap).orElseGet(() -> refused(swap, "it cannot be undone"));
        }
        Optional<Guardians.Ending> ending = byItsGuard(swap, Guardian::revert);
        return ending.isPresent() ? ended(swap, ending.get(), "asked for") : revertAlone(swap.id());
    }

    private SwapOutcome revertAlone(String id) {
        SwapRecord swap = new Records(ground).byId(id);
        if (!swap.isRevertible()) {
            return over(swap).orElseGet(() -> refused(swap, "it cannot be undone"));
        }
        try (HeldLocks locks = LockedAgain.take(ground, swap)) {
            return locks.held().isPresent()
                    ? refused(swap, locks.held().get())
                    : new Undo(ground, swap).run("asked for");
        }
    }

    /** What is said of a swap that is past confirming. */
    private Optional<SwapOutcome> over(SwapRecord swap) {
        SwapOutcome.Summary summary = Summaries.of(ground, swap, List.of());
        if (isOtherBoot(swap)) {
            return Optional.of(new SwapOutcome.Refused(summary, "it is of another boot, its programs are gone"));
        }
        return switch (swap.standing()) {
            case PENDING, UNFINISHED -> Optional.empty();
            case UNDER_WAY -> Optional.of(refused(swap, "somebody is at work on it"));
            case SWAPPED -> Optional.of(new SwapOutcome.Confirmed(summary, "it needed no confirmation"));
            case CONFIRMED -> Optional.of(new SwapOutcome.Confirmed(summary, "it was confirmed already"));
            case REVERTED -> Optional.of(new SwapOutcome.Reverted(summary, "it was undone already"));
            case STALE -> Optional.of(new SwapOutcome.Stale(summary, "it ended so: " + swap.detail()));
            case FAILED -> Optional.of(new SwapOutcome.Failed(summary, "it ended so: " + swap.detail()));
            case ABANDONED -> Optional.of(refused(swap, "it was planned and never begun"));
        };
    }

    private SwapOutcome refused(SwapRecord swap, String why) {
        return new SwapOutcome.Refused(Summaries.of(ground, swap, List.of()), why);
    }

    private boolean isOtherBoot(SwapRecord swap) {
        return !swap.bootId().equals(ground.kernel().host().bootId());
    }

    private SwapRecord lastPending() {
        List<SwapRecord> pending =
                ofThisBoot(swap -> swap.standing() == Standing.PENDING || swap.standing() == Standing.UNFINISHED);
        requireOne(pending);
        return ofThisUser(
                pending.stream().findFirst().orElseThrow(() -> new NotUnderstoodException("no swap is pending")));
    }

    private SwapRecord lastRevertible() {
        List<SwapRecord> all = ofThisBoot(SwapRecord::isRevertible);
        requireOne(
                all.stream().filter(swap -> swap.standing() == Standing.PENDING).toList());
        return ofThisUser(
                all.stream().findFirst().orElseThrow(() -> new NotUnderstoodException("no swap has a way back")));
    }

    private List<SwapRecord> ofThisBoot(Predicate<SwapRecord> wanted) {
        return new Records(ground)
                .all().stream()
                        .filter(wanted)
                        .filter(swap -> !isOtherBoot(swap))
                        .toList();
    }

    /** The last of several says nothing of which is meant. */
    private static void requireOne(List<SwapRecord> pending) {
        if (pending.size() > 1) {
            throw new NotUnderstoodException("several swaps are pending, name one of "
                    + pending.stream().map(SwapRecord::id).collect(Collectors.joining(", ")));
        }
    }

    private SwapRecord ofThisUser(SwapRecord swap) {
        if (!swap.by().user().equals(ground.by().user())) {
            throw new NotUnderstoodException(
                    "the last swap, " + swap.id() + ", is of user " + swap.by().user() + ": name it by its id");
        }
        return swap;
    }

    /** Every swap the journal knows, the newest first. */
    public List<SwapRecord> swaps() {
        return new Records(ground).all();
    }

    /** Lets go of the way back of a finished swap. Fails with {@link NotUnderstoodException} for any other. */
    public SwapRecord forget(String id) {
        SwapRecord swap = new Records(ground).byId(id);
        switch (swap.standing()) {
            case PENDING, UNDER_WAY, UNFINISHED ->
                throw new NotUnderstoodException(
                        "swap " + id + " is " + swap.standing().label() + ": confirm or revert it first");
            default -> WayBack.of(ground.swapper(), swap.id()).remove();
        }
        return swap;
    }

    /** Names what crashed swaps left, undoes the unfinished ones and leaves nothing of ours behind. */
    public List<Recovery> recover() {
        return new Recoverer(ground).run();
    }
}

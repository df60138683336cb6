package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes one plan: gathers all that a commit needs, asks the guards, and changes nothing live. */
final class Planner {
    private static final List<Guard> BEFORE = List.of(
            new TargetUnchangedGuard(),
            new FitsHookGuard(),
            new VerifiesGuard(),
            new DiffersGuard(),
            new PlaceGuard(),
            new MapsGuard(),
            new TailCallsGuard(),
            new TestRunGuard(),
            new OwnerGuard(),
            new ManagementGuard());

    private final Ground ground;
    private final SwapRequest request;
    private final Snapshot snapshot;
    private final PreparedSwap.Hold hold = new PreparedSwap.Hold();
    private final String id;

    Planner(Ground ground, SwapRequest request, Snapshot snapshot) {
        this.ground = ground;
        this.request = request;
        this.snapshot = snapshot;
        this.id = SwapIds.next(ground.clock());
    }

    PreparedSwap plan() {
        if (request.probe().isPresent() && request.window() instanceof ConfirmWindow.None) {
            throw new NotUnderstoodException("a probe confirms or undoes: it needs a confirm window");
        }
        List<Attachment> targets = Targets.resolve(request.target(), snapshot);
        try {
            return prepare(targets);
        } catch (RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    private PreparedSwap prepare(List<Attachment> targets) {
        hold.keep(lock(targets));
        List<Seat> seats = seats(targets);
        Challenger challenger = new Challengers(ground, request, seats).open();
        hold.keep(challenger);
        Inspection inspection = new Inspection(ground, request, snapshot, seats, challenger, programs(), maps());
        List<GuardResult> guards = new ArrayList<>();
        BEFORE.forEach(guard -> guards.add(guard.check(inspection)));
        GuardResult locked = hold.locks().result(ground.locks().blindSpot());
        boolean isBlocked = locked.isFailed() || guards.stream().anyMatch(GuardResult::isFailed);
        Optional<SwapPlan.Window> window = window(guards);
        Chronicle chronicle = new Chronicle(ground, ground.kernel().host().bootId(), id);
        guards.add(new Preparation(ground, request, id, hold, chronicle)
                .wayBack(inspection, isBlocked, window.isPresent()));
        guards.add(locked);
        SwapPlan plan = new SwapPlan(
                id,
                request.candidate(),
                members(seats),
                challenger.program(),
                guards,
                window,
                request.canary(),
                request.probeCommand(),
                request.pins(),
                seats.size() == 1 ? Hooks.phrase(targets.get(0)) : Integer.toString(seats.size()),
                challenger.verifierLog());
        return new PreparedSwap(
                plan, seats, hold, chronicle, plan.isBlocked() ? Map.of() : runs(inspection), request.probe());
    }

    private HeldLocks lock(List<Attachment> targets) {
        Map<String, String> refsByHook = new LinkedHashMap<>();
        targets.forEach(target -> refsByHook.putIfAbsent(Hooks.key(target), target.ref()));
        return HeldLocks.take(ground.locks(), refsByHook, id, ground.by().pid());
    }

    private List<Seat> seats(List<Attachment> targets) {
        Ways ways = new Ways(snapshot, ground.cgroups());
        List<Seat> seats = new ArrayList<>();
        for (Attachment target : targets) {
            seats.add(seat(seats.size(), target, ways.of(target)));
        }
        return seats;
    }

    private Seat seat(int index, Attachment target, Way way) {
        Optional<Program> program =
                target.progId().isPresent() ? snapshot.program(target.progId().getAsInt()) : Optional.empty();
        if (program.isEmpty() || !(way instanceof Way.Atomic atomic)) {
            return new Seat(index, target, way, program, Optional.empty(), List.of(), new Seat.Sight.NotLooked());
        }
        int progId = program.get().id();
        Optional<Fd> old = Optional.empty();
        Seat.Sight sight;
        try {
            old = Optional.of(hold.keep(ground.swapper().program(progId)));
        } catch (KernelException.Gone unloaded) {
            old = Optional.empty();
        }
        try {
            sight = new Seat.Sight.Seen(ground.swapper().standing(atomic.place(), progId));
        } catch (KernelException.Gone e) {
            sight = new Seat.Sight.Gone(e);
        }
        return new Seat(index, target, way, program, old, pins(progId), sight);
    }

    private List<String> pins(int progId) {
        return request.pins() == SwapRequest.Pins.KEEP
                ? List.of()
                : Pin.ofOthers(snapshot.pins(ObjectId.prog(progId))).stream()
                        .map(Pin::path)
                        .toList();
    }

    private Map<Integer, Program> programs() {
        Map<Integer, Program> byId = new LinkedHashMap<>();
        ground.kernel().programs().items().forEach(program -> byId.put(program.id(), program));
        return byId;
    }

    private Map<Integer, BpfMap> maps() {
        Map<Integer, BpfMap> byId = new LinkedHashMap<>();
        ground.kernel().maps().items().forEach(map -> byId.put(map.id(), map));
        return byId;
    }

    private Optional<SwapPlan.Window> window(List<GuardResult> guards) {
        if (request.window() instanceof ConfirmWindow.Within within) {
            return Optional.of(new SwapPlan.Window(within.time(), SwapPlan.Window.Wish.SAID));
        } else if (request.window() instanceof ConfirmWindow.None) {
            return Optional.empty();
        }
        boolean isWanted = request.probe().isPresent()
                || guards.stream()
                        .anyMatch(guard -> guard.name() == GuardName.MANAGEMENT_INTERFACE && guard.isWarning());
        return isWanted
                ? Optional.of(new SwapPlan.Window(ConfirmWindow.USUAL, SwapPlan.Window.Wish.DEFAULT))
                : Optional.empty();
    }

    private List<SwapPlan.Member> members(List<Seat> seats) {
        return seats.stream()
                .map(seat ->
                        new SwapPlan.Member(seat.attachment(), seat.way(), seat.program(), facts(seat), seat.pins()))
                .toList();
    }

    private List<String> facts(Seat seat) {
        List<String> facts = new ArrayList<>();
        OptionalInt link = seat.attachment().linkId();
        link.ifPresent(linkId -> facts.add("link " + Integer.toUnsignedString(linkId)));
        snapshot.index().owners(seat.attachment()).stream()
                .filter(owner -> !OwnerGuard.isOurs(owner, ground.by()))
                .findFirst()
                .ifPresent(owner -> facts.add("owner " + owner.label()));
        Pin.ofOthers(snapshot.index().pins(seat.attachment())).stream()
                .findFirst()
                .ifPresent(pin -> facts.add("pin " + pin.path()));
        return facts;
    }

    /** Counting goes on until the plan is closed, so that runs before and after can be told. */
    private Map<Integer, Long> runs(Inspection inspection) {
        Map<Integer, Long> runs = new LinkedHashMap<>();
        if (request.purpose() == SwapRequest.Purpose.DRY_RUN) {
            return runs;
        }
        try {
            hold.keep(ground.kernel().enableCounting());
            ground.kernel()
                    .runCounts(inspection.live().keySet())
                    .forEach((progId, counts) -> runs.put(progId, counts.runCount()));
        } catch (KernelException notCounted) {
            return Map.of();
        }
        return runs;
    }
}

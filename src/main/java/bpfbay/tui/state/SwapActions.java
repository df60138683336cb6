package bpfbay.tui.state;

import bpfbay.export.Escaper;
import bpfbay.export.SwapText;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.Expectation;
import bpfbay.swap.NotUnderstoodException;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.tui.page.SwapLines;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the keys of swaps do. */
final class SwapActions {
    private SwapActions() {}

    static Step run(State state, Command command) {
        return switch (command) {
            case SWAPS -> Step.to(push(state, SwapMenus.swaps(state)), new Effect.Swap(new SwapWish.Look()));
            case SWAP -> Step.to(candidates(state));
            case CONFIRM -> confirm(state);
            case UNDO -> undo(state, toUndo(state));
            case TYPE -> Step.to(state.asking(Prompt.open(Prompt.Kind.PHRASE, "")));
            case REUSE -> Step.to(planning(state).map(p -> reuse(state, p)).orElse(state));
            case TEST -> Step.to(push(state, SwapMenus.tests()));
            case WITHIN -> Step.to(push(state, SwapMenus.windows()));
            case CANARY ->
                Step.to(planning(state)
                        .flatMap(Page.Planning::plan)
                        .map(plan ->
                                push(state, SwapMenus.canaries(plan.members().size())))
                        .orElse(state));
            case PROBE -> Step.to(planning(state).map(p -> probe(state, p)).orElse(state));
            case RENEW -> planning(state).map(p -> renew(state, p)).orElse(Step.to(state));
            default -> Step.to(state);
        };
    }

    private static State push(State state, Page page) {
        return Refresh.rebuild(state.with(state.desk().opened(page)));
    }

    private static Optional<Page.Planning> planning(State state) {
        return state.desk().page() instanceof Page.Planning planning ? Optional.of(planning) : Optional.empty();
    }

    private static State candidates(State state) {
        Optional<Aim> aim = SwapTargets.of(state).aim();
        Optional<Snapshot> snapshot = state.world().live().snapshot();
        return aim.isPresent() && snapshot.isPresent()
                ? push(state, CandidateMenu.of(aim.get(), snapshot.get()))
                : state;
    }

    /** With a candidate on the command line: right to the plan. */
    static Step swap(State state, String candidate) {
        Optional<Aim> aim = SwapTargets.of(state).aim();
        return aim.map(a -> parsed(state, a, candidate)).orElse(Step.to(state));
    }

    private static Step parsed(State state, Aim aim, String text) {
        try {
            return plan(state, aim, Candidate.parse(text));
        } catch (NotUnderstoodException e) {
            return Step.to(state.told(String.valueOf(e.getMessage()), Notice.Tone.WARNING));
        }
    }

    /** What was typed for an object file: its path, or a candidate in full. */
    static Step named(State state, String text) {
        if (!(state.desk().page() instanceof Page.Choosing choosing)
                || !(choosing.menu().chosen().orElse(new Choice.Leave()) instanceof Choice.AskFile ask)) {
            return Step.to(state);
        }
        if (text.startsWith("prog:") || text.startsWith("pin:")) {
            return parsed(state, ask.aim(), text);
        }
        String file = text.startsWith("obj:") ? text : "obj:" + text;
        try {
            Candidate.OfObject object = (Candidate.OfObject) Candidate.parse(file);
            return object.program().isPresent()
                    ? plan(state, ask.aim(), object)
                    : Step.to(
                            state.told("reading " + object.file()),
                            new Effect.Swap(new SwapWish.Programs(object.file().toString())));
        } catch (NotUnderstoodException e) {
            return Step.to(state.told(String.valueOf(e.getMessage()), Notice.Tone.WARNING));
        }
    }

    static Step plan(State state, Aim aim, Candidate candidate) {
        Optional<Snapshot> snapshot = state.world().live().snapshot();
        if (snapshot.isEmpty()) {
            return Step.to(state);
        }
        Aim.Found found = aim.find(snapshot.get());
        if (found.missing().isPresent()) {
            return Step.to(state.told(found.missing().get() + " is gone", Notice.Tone.WARNING));
        }
        SwapRequest request = SwapRequest.of(
                new SwapRequest.Target.Named(
                        found.refs().stream().map(Ref::parse).toList()),
                candidate);
        int first = aim.targets().get(0).program().id();
        if (aim.isAllOf(first)) {
            request = request.expecting(new Expectation.OfProgram(first));
        }
        Page.Planning page = new Page.Planning(aim, request, Optional.empty());
        return Step.to(push(state, page), new Effect.Swap(new SwapWish.Plan(request, snapshot.get())));
    }

    /** The same with another wish, in the place of the plan that is open. */
    private static Step replan(State state, Page.Planning planning, SwapRequest request) {
        Optional<Snapshot> snapshot = state.world().live().snapshot();
        if (snapshot.isEmpty()) {
            return Step.to(state);
        }
        Page.Planning again = new Page.Planning(planning.aim(), request, Optional.empty());
        State open = state.with(state.desk().amended(planning, again));
        return Step.to(Refresh.rebuild(open), new Effect.Swap(new SwapWish.Plan(request, snapshot.get())));
    }

    /** What was typed at the plan's prompt: the phrase does it, anything else nothing. */
    static Step typed(State state, String text) {
        Optional<SwapPlan> open = planning(state).flatMap(Page.Planning::plan);
        if (open.isEmpty()) {
            return Step.to(state);
        }
        SwapPlan plan = open.get();
        if (!text.equals(plan.phrase()) && !text.equals(Escaper.escape(plan.phrase()))) {
            String what = text.isEmpty() ? "nothing was typed" : "'" + text + "' is not '" + plan.phrase() + "'";
            return Step.to(state.told("nothing was done: " + what, Notice.Tone.WARNING));
        }
        String label = planning(state).map(p -> p.aim().label()).orElse("");
        Desk bare = state.desk().without(page -> page instanceof Page.Planning || page instanceof Page.Choosing);
        return Step.to(
                push(state.with(bare), new Page.Working("swapping " + label, Optional.empty())),
                new Effect.Swap(new SwapWish.Commit(plan.id(), plan.phrase())));
    }

    private static State reuse(State state, Page.Planning planning) {
        return state.world()
                .live()
                .snapshot()
                .map(snapshot -> push(state, SwapMenus.maps(planning, snapshot)))
                .orElse(state);
    }

    private static State probe(State state, Page.Planning planning) {
        String before = planning.request().probeCommand().map(Path::toString).orElse("");
        return state.asking(Prompt.open(Prompt.Kind.PROBE, before));
    }

    /** What was typed for a probe; nothing takes it away. */
    static Step probed(State state, String text) {
        Optional<Page.Planning> planning = planning(state);
        if (planning.isEmpty()) {
            return Step.to(state);
        } else if (!text.isEmpty()) {
            return Step.to(
                    state.told("looking at " + text),
                    new Effect.Swap(new SwapWish.Probe(planning.get().request(), text)));
        }
        SwapRequest request = planning.get().request();
        return request.probeCommand().isEmpty()
                ? Step.to(state)
                : replan(state, planning.get(), request.withoutProbe());
    }

    /** With a probe, which confirms or undoes: so there has to be something to confirm. */
    static Step probing(State state, Page.Planning planning, SwapRequest request) {
        boolean isUnconfirmed = request.window() instanceof ConfirmWindow.None;
        return replan(state, planning, isUnconfirmed ? request.confirming(new ConfirmWindow.Default()) : request);
    }

    private static Step renew(State state, Page.Planning planning) {
        SwapRequest request = planning.request();
        boolean isRenewing = request.pins() == SwapRequest.Pins.RENEW;
        return replan(state, planning, request.withPins(isRenewing ? SwapRequest.Pins.KEEP : SwapRequest.Pins.RENEW));
    }

    private static Step within(State state, ConfirmWindow window) {
        Optional<Page.Planning> planning = planning(state);
        if (planning.isEmpty()) {
            return Step.to(state);
        }
        SwapRequest request = planning.get().request();
        return window instanceof ConfirmWindow.None && request.probeCommand().isPresent()
                ? Step.to(Refresh.rebuild(state)
                        .told("a probe confirms or undoes: it needs a time to confirm", Notice.Tone.WARNING))
                : replan(state, planning.get(), request.confirming(window));
    }

    /** Whether a map is to be shared; the plan is made anew only when that is asked for. */
    static State mark(State state, Page.Choosing choosing) {
        if (!(choosing.menu().chosen().orElse(new Choice.Leave()) instanceof Choice.Share share)) {
            return state;
        }
        Page.Choosing marked = choosing.with(SwapMenus.toggled(choosing.menu(), share.map(), state.bodyHeight()));
        return Refresh.rebuild(state.with(state.desk().amended(choosing, marked)));
    }

    static Step choose(State state, Page.Choosing choosing) {
        Optional<Choice> chosen = choosing.menu().chosen();
        if (chosen.isEmpty()) {
            return Step.to(state);
        }
        Choice choice = chosen.get();
        if (choice instanceof Choice.Take take) {
            return plan(state, take.aim(), take.candidate());
        } else if (choice instanceof Choice.AskFile) {
            return Step.to(state.asking(Prompt.open(Prompt.Kind.FILE, "")));
        } else if (choice instanceof Choice.Share) {
            return Step.to(mark(state, choosing));
        } else if (choice instanceof Choice.Show show) {
            return Step.to(push(state, new Page.Swapped(show.id())));
        } else if (choice instanceof Choice.Found || choice instanceof Choice.Happened) {
            return TroubleMenus.choose(state, choice);
        } else if (choice instanceof Choice.GoTo there) {
            return Actions.toRow(state, there.ref());
        }
        return decided(state.with(state.desk().closed()), choosing, choice);
    }

    /** Choices that close their menu. */
    private static Step decided(State state, Page.Choosing choosing, Choice choice) {
        if (choice instanceof Choice.Replan) {
            Set<String> names = new HashSet<>(SwapMenus.marked(choosing.menu()));
            return planning(state)
                    .map(p -> replan(state, p, p.request().reusing(names)))
                    .orElse(Step.to(state));
        } else if (choice instanceof Choice.Test test) {
            return planning(state)
                    .map(p -> replan(state, p, p.request().testing(test.run())))
                    .orElse(Step.to(state));
        } else if (choice instanceof Choice.Within within) {
            return within(state, within.window());
        } else if (choice instanceof Choice.First first) {
            return planning(state)
                    .map(p -> replan(state, p, p.request().withCanary(first.canary())))
                    .orElse(Step.to(state));
        } else if (choice instanceof Choice.Confirm confirm) {
            return begin(state, "confirming ", confirm.id(), new SwapWish.Confirm(confirm.id()));
        } else if (choice instanceof Choice.Undo undo) {
            return begin(state, "undoing ", undo.id(), new SwapWish.Undo(undo.id()));
        }
        return Step.to(Refresh.rebuild(state));
    }

    private static Step begin(State state, String doing, String id, SwapWish wish) {
        String what = doing + state.swaps().record(id).map(SwapLines::places).orElse(id);
        Page page = new Page.Working(what, Optional.empty());
        State open = state.desk().page() instanceof Page.Outcome
                ? Refresh.rebuild(state.with(state.desk().turned(page)))
                : push(state, page);
        return Step.to(open, new Effect.Swap(wish));
    }

    /** The swap that the open page is about, or the cursor is on. */
    static Optional<String> atHand(State state) {
        Page page = state.desk().page();
        if (page instanceof Page.Outcome outcome) {
            return Optional.of(outcome.outcome().summary().id());
        } else if (page instanceof Page.Swapped swapped) {
            return Optional.of(swapped.id());
        } else if (page instanceof Page.Choosing choosing
                && choosing.menu().chosen().orElse(new Choice.Leave()) instanceof Choice.Show show) {
            return Optional.of(show.id());
        }
        return Optional.empty();
    }

    private static Step confirm(State state) {
        List<SwapRecord> pending = state.swaps().pending();
        Optional<String> at =
                atHand(state).filter(id -> pending.isEmpty() || pending.stream().anyMatch(p -> p.id().equals(id)));
        if (at.isPresent()) {
            return confirm(state, at.get());
        }
        return pending.size() == 1
                ? confirm(state, pending.get(0).id())
                : Step.to(push(state, SwapMenus.confirm(pending, state.world().now())));
    }

    static Step confirm(State state, String id) {
        return begin(state, "confirming ", id, new SwapWish.Confirm(id));
    }

    /** The one at hand, else the newest that has a way back. */
    static Optional<SwapRecord> toUndo(State state) {
        String boot = state.world()
                .live()
                .snapshot()
                .map(snapshot -> snapshot.host().bootId())
                .orElse("");
        Optional<SwapRecord> here = atHand(state).flatMap(state.swaps()::record);
        return here.isPresent()
                ? here.filter(record -> record.isRevertible() && record.bootId().equals(boot))
                : state.swaps().undoable(boot);
    }

    static Step undo(State state, String id) {
        Optional<SwapRecord> record = state.swaps().record(id);
        return record.isPresent() ? undo(state, record) : Step.to(state.told("no swap " + id, Notice.Tone.WARNING));
    }

    private static Step undo(State state, Optional<SwapRecord> record) {
        return Step.to(record.map(r -> push(state, SwapMenus.undo(r))).orElse(state));
    }

    /** Whether the page is a few lines for the incident's channel. */
    static boolean hasText(Page page) {
        return (page instanceof Page.Planning planning && planning.plan().isPresent())
                || page instanceof Page.Outcome
                || page instanceof Page.Unplanned
                || page instanceof Page.Found
                || page instanceof Page.Happened
                || page.isOf(Page.Subject.DIFFERENCES)
                || page instanceof Page.Swapped;
    }

    /** Plan and outcome read as the command prints them. */
    static String text(State state) {
        Page page = state.desk().page();
        if (page instanceof Page.Planning planning && planning.plan().isPresent()) {
            return SwapText.of(planning.plan().get());
        } else if (page instanceof Page.Outcome outcome) {
            return SwapText.of(outcome.outcome());
        } else if (page.isOf(Page.Subject.DIFFERENCES)) {
            return Comparing.of(state).map(Comparing::text).orElse("");
        }
        StringBuilder text = new StringBuilder();
        state.desk().text().forEach(line -> {
            line.spans().forEach(span -> text.append(Escaper.escape(span.text())));
            text.append('\n');
        });
        return text.toString();
    }
}

package bpfbay.tui.state;

import bpfbay.model.Snapshot;
import bpfbay.swap.Candidate;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a key does nothing, where swaps are the reason. */
final class SwapReasons {
    private SwapReasons() {}

    /** A swap that is under way is not left, and a plan or an outcome stays until it is dismissed. */
    static Optional<String> held(State state, Command command) {
        Page page = state.desk().page();
        if (state.desk().find(Page.Working.class).isPresent()) {
            return mayLeave(command) || (command == Command.BACK && page instanceof Page.Working)
                    ? Optional.of("the swap is under way and ends in a moment")
                    : Optional.empty();
        } else if (page.isOfPlan() && isElsewhere(command, page)) {
            return Optional.of(
                    page instanceof Page.Planning
                            ? "a plan is open; Esc leaves it, and nothing is done"
                            : "this stays until Esc dismisses it");
        }
        return Optional.empty();
    }

    private static boolean mayLeave(Command command) {
        return switch (command.section()) {
            case VIEWS, SWAPPING, PLAN -> true;
            default ->
                switch (command) {
                    case OPEN, PATH, GOTO, PICK, NETNS, FILTER, SORT, REVERSE, DIFF, QUIT -> true;
                    default -> false;
                };
        };
    }

    private static boolean isElsewhere(Command command, Page page) {
        return switch (command.section()) {
            case VIEWS -> true;
            case SWAPPING -> page instanceof Page.Planning;
            default ->
                switch (command) {
                    case OPEN, PATH, GOTO, PICK, NETNS, FILTER, SORT, REVERSE, DIFF -> true;
                    default -> false;
                };
        };
    }

    static Optional<String> of(State state, Command command) {
        if (command == Command.LEAVE) {
            return state.desk().page().isOfPlan() ? Optional.empty() : Optional.of("there is no plan");
        }
        return engine(state).or(() -> withEngine(state, command));
    }

    private static Optional<String> withEngine(State state, Command command) {
        return switch (command) {
            case SWAP -> swap(state);
            case CONFIRM ->
                state.swaps().pending().isEmpty() && !isPending(state.desk().page())
                        ? Optional.of("no swap waits to be confirmed")
                        : Optional.empty();
            case UNDO ->
                SwapActions.toUndo(state).isEmpty()
                        ? Optional.of("there is no swap with a way back")
                        : Optional.empty();
            case TYPE, REUSE, TEST, WITHIN, CANARY, PROBE, RENEW -> plan(state, command);
            default -> Optional.empty();
        };
    }

    /** The journal may not have been looked at since. */
    private static boolean isPending(Page page) {
        return page instanceof Page.Outcome outcome && outcome.outcome() instanceof SwapOutcome.Pending;
    }

    /** Read-only, passive and redacted screens have no engine at all. */
    static Optional<String> engine(State state) {
        return switch (state.world().conduct()) {
            case READ_ONLY -> Optional.of("--read-only swaps nothing");
            case REPLAY -> Optional.of("a recording has nothing to swap");
            case PASSIVE -> Optional.of("--passive swaps nothing");
            case FREE ->
                state.looks().presence().names() == Presence.Names.REPLACED
                        ? Optional.of("--redact swaps nothing: names on this screen are not the host's")
                        : state.swaps().whyNone();
        };
    }

    private static Optional<String> swap(State state) {
        if (state.desk().page() instanceof Page.Choosing || state.desk().page() instanceof Page.Swapped) {
            return Optional.of("Esc goes back to where attachments can be chosen");
        }
        SwapTargets targets = SwapTargets.of(state);
        return targets.aim().isPresent() ? Optional.empty() : Optional.of(targets.why());
    }

    private static Optional<String> plan(State state, Command command) {
        if (!(state.desk().page() instanceof Page.Planning planning)) {
            return Optional.of("there is no plan");
        } else if (planning.plan().isEmpty()) {
            return Optional.of("the plan is being made");
        }
        SwapPlan plan = planning.plan().get();
        if (command == Command.TYPE) {
            return plan.isBlocked() ? Optional.of("refused: " + failed(plan) + " failed") : Optional.empty();
        } else if (command == Command.REUSE) {
            return reuse(state, planning);
        } else if (command == Command.CANARY && !plan.isGroup()) {
            return Optional.of("one place alone has no others to go before; Space picks rows for a group");
        }
        return Optional.empty();
    }

    private static String failed(SwapPlan plan) {
        return plan.guards().stream()
                .filter(GuardResult::isFailed)
                .map(GuardResult::name)
                .map(GuardName::label)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> reuse(State state, Page.Planning planning) {
        if (!(planning.request().candidate() instanceof Candidate.OfObject)) {
            return Optional.of("a loaded program keeps its maps: only an object file's can be given others");
        }
        Optional<Snapshot> snapshot = state.world().live().snapshot();
        return snapshot.isPresent()
                        && SwapMenus.sharable(planning.aim(), snapshot.get()).isEmpty()
                ? Optional.of("the live program has no map to give")
                : Optional.empty();
    }
}

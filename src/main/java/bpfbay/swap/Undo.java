package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.ObjectId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts the old programs of a swap back where no guard process is alive to do it: each by compare-and-swap,
 * the last member first. What somebody else has put there meanwhile stays.
 */
final class Undo {
    private final Ground ground;
    private final SwapRecord swap;
    private final Chronicle chronicle;
    private final States states;
    private final List<String> notes = new ArrayList<>();
    private final Map<Integer, String> tags = new HashMap<>();

    Undo(Ground ground, SwapRecord swap) {
        this.ground = ground;
        this.swap = swap;
        this.chronicle = new Chronicle(ground, ground.kernel().host().bootId(), swap.id());
        this.states = new States(ground.swapper());
    }

    private enum Result {
        PUT_BACK,
        WAS_OLD,
        NOT_OURS,
        FAILED
    }

    /** The locks are the caller's. */
    SwapOutcome run(String why) {
        ground.kernel().programs().items().forEach(program -> tags.put(program.id(), program.tag()));
        WayBack wayBack = WayBack.of(ground.swapper(), swap.id());
        checkArrays(wayBack);
        chronicle.note(JournalEvent.REVERTING, subjects(swap.members()), why);
        Set<Result> results = EnumSet.noneOf(Result.class);
        for (int i = swap.members().size() - 1; i >= 0; i--) {
            results.add(undo(swap.members().get(i)));
        }
        if (!results.contains(Result.FAILED)) {
            wayBack.remove();
        }
        notes.addAll(ground.journal().warnings());
        SwapOutcome.Summary summary = Summaries.of(ground, swap, notes);
        if (results.contains(Result.FAILED)) {
            return new SwapOutcome.Failed(summary, "not all could be put back");
        }
        return results.contains(Result.NOT_OURS)
                ? new SwapOutcome.Stale(summary, "somebody else has changed it since: that was left alone")
                : new SwapOutcome.Reverted(summary, why);
    }

    /** An old program without its tail calls is not what it was. */
    private void checkArrays(WayBack wayBack) {
        Swapper swapper = ground.swapper();
        for (ObjectId kept : wayBack.kept()) {
            if (kept.kind() == ObjectId.Kind.MAP) {
                try (Fd array = swapper.map(kept.id())) {
                    if (swapper.slots(array).isEmpty()) {
                        notes.add("program array #" + Integer.toUnsignedString(kept.id())
                                + " is empty: tail calls through it fall through");
                    }
                } catch (KernelException e) {
                    notes.add("program array #" + Integer.toUnsignedString(kept.id()) + ": " + e.getMessage());
                }
            }
        }
    }

    private Result undo(SwapRecord.Member member) {
        Result result;
        String why = "";
        try {
            result = putBack(member);
        } catch (KernelException.Conflict | KernelException.Held e) {
            result = Result.NOT_OURS;
            why = String.valueOf(e.getMessage());
        } catch (KernelException e) {
            result = Result.FAILED;
            why = String.valueOf(e.getMessage());
            notes.add(member.ref() + ": " + why);
        }
        chronicle.note(
                event(result),
                subjects(List.of(member)),
                result == Result.WAS_OLD ? "the old program stood there" : why);
        return result;
    }

    private static JournalEvent event(Result result) {
        return switch (result) {
            case PUT_BACK, WAS_OLD -> JournalEvent.REVERTED;
            case NOT_OURS -> JournalEvent.STALE;
            case FAILED -> JournalEvent.FAILED;
        };
    }

    private Result putBack(SwapRecord.Member member) {
        if (member.anchor().isEmpty() || member.from().isEmpty() || member.to().isEmpty()) {
            return failed(member.ref() + ": the journal does not say all that would be needed");
        }
        JournalEntry.Anchor anchor = member.anchor().get();
        ProgramMark from = member.from().get();
        ProgramMark to = member.to().get();
        States.State state = states.read(member);
        return switch (state.whose()) {
            case OLD -> Result.WAS_OLD;
            case OTHER, GONE -> Result.NOT_OURS;
            case UNKNOWN -> failed(state.words());
            case NEW -> replace(member, anchor, from, to);
        };
    }

    private Result failed(String why) {
        notes.add(why);
        return Result.FAILED;
    }

    private Result replace(SwapRecord.Member member, JournalEntry.Anchor anchor, ProgramMark from, ProgramMark to) {
        if (!to.tag().equals(tags.getOrDefault(to.progId(), to.tag()))) {
            return Result.NOT_OURS;
        }
        try (Fd old = ground.swapper().program(from.progId());
                Fd now = ground.swapper().program(to.progId())) {
            if (!from.tag().equals(tags.getOrDefault(from.progId(), from.tag()))) {
                return failed(member.ref() + ": " + from.label() + " is gone, its id names another program");
            }
            ground.swapper().replace(anchor.place(), now, old, OptionalLong.empty());
        }
        notes.addAll(PinRenewal.renew(ground.swapper(), anchor.pins(), to.progId(), from.progId()));
        return Result.PUT_BACK;
    }

    static List<Chronicle.Subject> subjects(List<SwapRecord.Member> members) {
        List<Chronicle.Subject> subjects = new ArrayList<>();
        for (SwapRecord.Member member : members) {
            subjects.add(new Chronicle.Subject(
                    member.index(),
                    member.ref(),
                    member.primitive(),
                    member.anchor(),
                    member.linkId(),
                    member.from(),
                    member.to()));
        }
        return subjects;
    }
}

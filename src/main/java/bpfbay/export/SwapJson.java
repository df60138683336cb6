package bpfbay.export;

import bpfbay.swap.GuardResult;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Swaps by the machine interface: {@code bpfbay/swap/1} for one, {@code bpfbay/swaps/1} for the journal's,
 * {@code bpfbay/recover/1} for what was cleaned up. One object on one line each; failing to write is an
 * UncheckedIOException.
 */
public final class SwapJson {
    private final Json json;

    private SwapJson(OutputStream out) {
        this.json = new Json(out);
    }

    /** A group has its places in {@code members}; what is true of all of them stands beside it. */
    public static void write(SwapOutcome outcome, OutputStream out) {
        new SwapJson(out).outcome(outcome);
    }

    public static void writeSwaps(List<SwapRecord> swaps, OutputStream out) {
        SwapJson to = new SwapJson(out);
        to.json.object().put("schema", "bpfbay/swaps/1").array("swaps");
        for (SwapRecord swap : swaps) {
            to.record(swap);
        }
        to.json.end().end().finish();
    }

    public static void writeRecoveries(List<Recovery> recoveries, OutputStream out) {
        SwapJson to = new SwapJson(out);
        to.json.object().put("schema", "bpfbay/recover/1").array("swaps");
        for (Recovery recovery : recoveries) {
            to.json
                    .object()
                    .put("id", recovery.id())
                    .put("found", recovery.state().label());
            to.lines("places", recovery.found());
            to.json.putText("done", recovery.done()).end();
        }
        to.json.end().end().finish();
    }

    private void outcome(SwapOutcome outcome) {
        SwapOutcome.Summary summary = outcome.summary();
        json.object().put("schema", "bpfbay/swap/1").put("id", summary.id());
        if (summary.places().size() == 1) {
            place(summary.places().get(0));
        } else {
            json.array("members");
            for (SwapOutcome.Place place : summary.places()) {
                json.object();
                place(place);
                json.put("state", place.state()).end();
            }
            json.end();
        }
        json.put("outcome", outcome.word());
        if (outcome instanceof SwapOutcome.Pending pending) {
            json.put("confirm_by", Words.time(pending.confirmBy()));
        }
        if (outcome instanceof SwapOutcome.Planned planned) {
            terms(planned.plan());
        }
        json.putText("why", outcome.why());
        json.array("guards");
        for (GuardResult guard : summary.guards()) {
            json.object()
                    .put("name", guard.name().label())
                    .put("result", guard.verdict().label())
                    .putText("evidence", String.join("\n", guard.evidence()))
                    .end();
        }
        json.end();
        lines("notes", summary.notes());
        json.put("state", summary.state()).end().finish();
    }

    /** What the plan's text says beside places and guards. */
    private void terms(SwapPlan plan) {
        json.put("candidate", plan.candidate().text());
        plan.window()
                .ifPresent(window -> json.put("confirm_within_ms", window.time().toMillis()));
        plan.canary().ifPresent(canary -> json.object("canary")
                .put("first", canary.first())
                .put("soak_ms", canary.soak().toMillis())
                .end());
        plan.probe().ifPresent(command -> json.put("probe", command.toString()));
        if (plan.carried() == SwapRequest.Pins.RENEW) {
            lines("renews", plan.pins());
        }
    }

    private void place(SwapOutcome.Place place) {
        json.put("ref", place.ref());
        program("from", place.from());
        program("to", place.to());
        json.u32("link_id", place.linkId());
        if (place.call().isPresent()) {
            json.put("primitive", place.call().get().label())
                    .put("kind", place.call().get().name())
                    .put("class", place.call().get().safety());
        }
    }

    private void program(String name, Optional<ProgramMark> mark) {
        if (mark.isPresent()) {
            json.object(name)
                    .u32("prog_id", mark.get().progId())
                    .putText("prog_name", mark.get().name())
                    .putText("tag", mark.get().tag())
                    .end();
        }
    }

    private void record(SwapRecord swap) {
        json.object()
                .put("id", swap.id())
                .put("boot_id", swap.bootId())
                .put("outcome", swap.standing().label())
                .put("begun_at", Words.time(swap.begun()))
                .put("changed_at", Words.time(swap.changed()))
                .put("last_event", swap.last().label());
        if (swap.confirmBy().isPresent()) {
            json.put("confirm_by", Words.time(swap.confirmBy().get()));
        }
        json.u32("guard_pid", swap.guardPid());
        by(swap.by());
        json.putText("detail", swap.detail()).array("members");
        for (SwapRecord.Member member : swap.members()) {
            json.object().put("ref", member.ref()).putText("kind", member.primitive());
            program("from", member.from());
            program("to", member.to());
            json.u32("link_id", member.linkId())
                    .put("last_event", member.last().label())
                    .end();
        }
        json.end().end();
    }

    private void by(JournalEntry.By by) {
        json.object("by")
                .u32("pid", by.pid())
                .putText("comm", by.comm())
                .putText("user", by.user())
                .end();
    }

    private void lines(String name, List<String> lines) {
        json.array(name);
        for (String line : lines) {
            json.element(line);
        }
        json.end();
    }
}

package bpfbay.export;

import bpfbay.model.Program;
import bpfbay.model.Utc;
import bpfbay.swap.Call;
import bpfbay.swap.GuardResult;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.swap.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan, an outcome and a list of swaps in a few lines, for the terminal and for the incident's channel. */
public final class SwapText {
    private static final int MEMBERS_NAMED = 8;
    private static final int LOG_LINES = 12;
    private static final int GUARD_COLUMN = 22;
    private static final String DEADLINE = "then";

    private SwapText() {}

    /** The plan with every guard, as it is shown before anybody is asked. */
    public static String of(SwapPlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.isGroup()) {
            group(plan, lines);
        } else {
            plan.members().forEach(member -> single(plan, member, lines));
        }
        terms(plan).forEach(term -> lines.add(String.format(Locale.ROOT, "%-6s%s", term.head(), term.words())));
        plan.guards().forEach(guard -> guard(guard, lines));
        if (plan.isBlocked()) {
            log(plan.verifierLog(), lines);
        }
        return joined(lines);
    }

    /** One thing that was asked for beside the swap itself, and is part of what is agreed to. */
    public record Term(String head, String words) {
        /** Whether it undoes the swap by itself. */
        public boolean isDeadline() {
            return head.equals(DEADLINE);
        }
    }

    public static List<Term> terms(SwapPlan plan) {
        List<Term> terms = new ArrayList<>();
        plan.window()
                .ifPresent(window ->
                        terms.add(new Term(DEADLINE, "reverts in " + time(window.time()) + " unless confirmed")));
        plan.canary()
                .ifPresent(canary -> terms.add(new Term(
                        "first", canary.first() + ", the rest after " + time(canary.soak()) + " without trouble")));
        plan.probe().ifPresent(command -> terms.add(new Term("probe", command + " confirms it, or undoes it")));
        if (plan.carried() == SwapRequest.Pins.RENEW) {
            pins(plan.pins(), terms);
        }
        return terms;
    }

    private static void pins(List<String> pins, List<Term> terms) {
        if (pins.isEmpty()) {
            terms.add(new Term("pins", "none names the old program"));
        }
        pins.stream()
                .limit(MEMBERS_NAMED)
                .forEach(pin -> terms.add(new Term("pins", pin + " will name the new program once it stays")));
        if (pins.size() > MEMBERS_NAMED) {
            terms.add(new Term("pins", "and " + (pins.size() - MEMBERS_NAMED) + " more"));
        }
    }

    /** What was done, or why not, and what is attached now. */
    public static String of(SwapOutcome outcome) {
        List<String> lines = new ArrayList<>();
        SwapOutcome.Summary summary = outcome.summary();
        List<SwapOutcome.Place> places = summary.places();
        String what = places.size() == 1
                ? places.get(0).ref() + change(places.get(0))
                : places.size() + " places"
                        + places.stream().findFirst().map(SwapText::change).orElse("");
        lines.add(outcome.word() + " " + what + "   " + summary.id());
        if (!outcome.why().isEmpty()) {
            lines.add("  why   " + outcome.why());
        }
        if (outcome instanceof SwapOutcome.Pending pending) {
            lines.add("  until " + Utc.second(pending.confirmBy()) + ", then it is undone: bpfbay confirm "
                    + summary.id() + " keeps it, bpfbay revert " + summary.id() + " undoes it now");
        }
        int named = 0;
        for (SwapOutcome.Place place : places) {
            if (named++ == MEMBERS_NAMED) {
                lines.add("  now   … and " + (places.size() - MEMBERS_NAMED) + " more places");
                break;
            }
            lines.add("  now   " + place.state());
        }
        summary.notes().forEach(note -> lines.add("  note  " + note));
        return joined(lines);
    }

    /** Every swap the journal knows, the newest first. */
    public static String of(List<SwapRecord> swaps, Instant now) {
        if (swaps.isEmpty()) {
            return "no swaps\n";
        }
        Table table = new Table("SWAP", "STATE", "PLACE", "FROM", "TO", "WHEN", "BY", "LEFT");
        for (SwapRecord swap : swaps) {
            Optional<SwapRecord.Member> first = swap.members().stream().findFirst();
            table.row(
                    swap.id(),
                    swap.standing().label(),
                    first.map(SwapRecord.Member::ref).orElse("—")
                            + (swap.members().size() > 1
                                    ? " and " + (swap.members().size() - 1) + " more"
                                    : ""),
                    first.flatMap(SwapRecord.Member::from)
                            .map(ProgramMark::label)
                            .orElse("—"),
                    first.flatMap(SwapRecord.Member::to).map(ProgramMark::label).orElse("—"),
                    Utc.second(swap.changed()),
                    swap.by().user(),
                    swap.confirmBy().map(by -> Countdown.until(by, now)).orElse(""));
        }
        StringBuilder out = new StringBuilder();
        table.print(out);
        return out.toString();
    }

    /** What was found of crashed swaps, and done about it. */
    public static String ofRecoveries(List<Recovery> recoveries) {
        if (recoveries.isEmpty()) {
            return "nothing to recover\n";
        }
        List<String> lines = new ArrayList<>();
        for (Recovery recovery : recoveries) {
            lines.add(recovery.id() + "  " + recovery.state().label());
            recovery.found().forEach(found -> lines.add("  now   " + found));
            if (!recovery.done().isEmpty()) {
                lines.add("  done  " + recovery.done());
            }
        }
        return joined(lines);
    }

    private static void single(SwapPlan plan, SwapPlan.Member member, List<String> lines) {
        lines.add("swap  " + member.ref()
                + member.call().map(call -> "   " + call.safety()).orElse("") + "   " + plan.id());
        lines.add("from  " + member.from().map(SwapText::program).orElse("a program that is not known")
                + member.facts().stream().map(fact -> "  " + fact).collect(Collectors.joining()));
        lines.add("to    " + plan.to().map(SwapText::program).orElse("could not be loaded") + "  "
                + plan.candidate().text());
        lines.add("by    " + way(member));
    }

    private static void group(SwapPlan plan, List<String> lines) {
        lines.add("swap  " + plan.members().size() + " places, all or none   " + plan.id());
        int named = 0;
        for (SwapPlan.Member member : plan.members()) {
            if (named++ == MEMBERS_NAMED) {
                lines.add("      … and " + (plan.members().size() - MEMBERS_NAMED) + " more");
                break;
            }
            lines.add("      " + member.ref() + "   from "
                    + member.from().map(SwapText::program).orElse("—"));
        }
        lines.add("to    " + plan.to().map(SwapText::program).orElse("could not be loaded") + "  "
                + plan.candidate().text());
        plan.members().stream()
                .map(member -> member.way() instanceof Way.Atomic ? way(member) : member.ref() + ": " + way(member))
                .distinct()
                .forEach(way -> lines.add("by    " + way));
    }

    private static String way(SwapPlan.Member member) {
        if (member.way() instanceof Way.None none) {
            return "no way without a gap: " + none.reason()
                    + none.command().map(command -> "; with a gap: " + command).orElse("");
        }
        Optional<String> proviso = member.way() instanceof Way.Atomic atomic ? atomic.proviso() : Optional.empty();
        return member.call().map(call -> call.label() + expected(call, member)).orElse("")
                + proviso.map(text -> "; " + text).orElse("");
    }

    private static String expected(Call call, SwapPlan.Member member) {
        return call.expectsProgram()
                ? member.from().map(from -> " #" + Words.u32(from.id())).orElse("")
                : "";
    }

    private static String program(Program program) {
        return ProgramMark.of(program).label() + "  " + program.shortTag() + "  loaded "
                + Utc.second(program.loadedAt());
    }

    private static void guard(GuardResult guard, List<String> lines) {
        String head = String.format(
                Locale.ROOT,
                "%-5s %-" + GUARD_COLUMN + "s",
                guard.verdict().word(),
                guard.name().label());
        if (guard.evidence().isEmpty()) {
            lines.add(head.stripTrailing());
            return;
        }
        lines.add(head + guard.evidence().get(0));
        for (int i = 1; i < guard.evidence().size(); i++) {
            lines.add(" ".repeat(6 + GUARD_COLUMN) + guard.evidence().get(i));
        }
    }

    /** Its end, which says why. */
    private static void log(String log, List<String> lines) {
        List<String> said = log.lines().filter(line -> !line.isBlank()).toList();
        if (!said.isEmpty()) {
            lines.add("the verifier's last words:");
            said.subList(Math.max(0, said.size() - LOG_LINES), said.size()).forEach(line -> lines.add("  " + line));
        }
    }

    private static String change(SwapOutcome.Place place) {
        return place.from().map(from -> " " + from.label()).orElse("")
                + place.to().map(to -> " → " + to.label()).orElse("");
    }

    /** {@code 60s}, {@code 5m}, {@code 250ms}. */
    private static String time(Duration time) {
        long millis = time.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        return time.toSeconds() <= 120 || time.toSeconds() % 60 != 0 ? time.toSeconds() + "s" : time.toMinutes() + "m";
    }

    private static String joined(List<String> lines) {
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append(Escaper.escape(line)).append('\n'));
        return out.toString();
    }
}

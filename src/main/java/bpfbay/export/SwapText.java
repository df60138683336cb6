package bpfbay.export;

import bpfbay.model.Program;
import bpfbay.swap.Call;
import bpfbay.swap.GuardResult;
import bpfbay.swap.GuardResult.Verdict;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans and outcomes in a few lines, for a terminal, a pipe, an incident's channel. Safe to draw. */
public final class SwapText {
    private static final int TAG_DIGITS = 8;
    private static final int NAME_WIDTH = 20;

    private final List<String> lines = new ArrayList<>();

    private SwapText() {}

    /** Without the prompt, whose words depend on where it is asked. */
    public static List<String> plan(SwapPlan plan) {
        SwapText text = new SwapText();
        text.head(plan);
        text.members(plan);
        text.to(plan);
        text.guards(plan.guards());
        text.terms(plan);
        return text.lines;
    }

    private void head(SwapPlan plan) {
        String what = plan.isGroup()
                ? plan.members().size() + " places"
                : plan.members().get(0).ref();
        String safety = plan.members().stream()
                .flatMap(member -> member.call().stream())
                .map(Call::safety)
                .distinct()
                .collect(Collectors.joining(", "));
        add("swap " + what + (safety.isEmpty() ? "" : "  " + safety) + "  " + plan.id());
    }

    private void members(SwapPlan plan) {
        for (SwapPlan.Member member : plan.members()) {
            StringBuilder line = new StringBuilder("from  ");
            if (plan.isGroup()) {
                line.append(member.ref()).append("  ");
            }
            line.append(member.from().map(SwapText::program).orElse("no program with an id"));
            member.facts().forEach(fact -> line.append("  ").append(fact));
            add(line.toString());
        }
    }

    private void to(SwapPlan plan) {
        add("to    " + plan.to().map(SwapText::program).orElse("not loaded") + "  "
                + plan.candidate().text());
        plan.members().stream()
                .flatMap(member -> by(member).stream())
                .distinct()
                .forEach(this::add);
        plan.canary()
                .ifPresent(canary -> add("      " + canary.first() + " first, the others after "
                        + canary.soak().toSeconds() + " s"));
    }

    private static Optional<String> by(SwapPlan.Member member) {
        return member.call()
                .map(call -> "by    " + call.label() + expected(call, member)
                        + (member.way() instanceof Way.Atomic atomic
                                ? atomic.proviso()
                                        .map(proviso -> "; " + proviso)
                                        .orElse("")
                                : ""));
    }

    private static String expected(Call call, SwapPlan.Member member) {
        return call.label().endsWith("expected program") && member.from().isPresent()
                ? " " + Words.u32(member.from().get().id())
                : "";
    }

    private static String program(Program program) {
        return ProgramMark.of(program).label() + "  "
                + program.tag().substring(0, Math.min(TAG_DIGITS, program.tag().length())) + "  loaded "
                + Words.second(program.loadedAt());
    }

    private void guards(List<GuardResult> guards) {
        names(guards, Verdict.PASS, "ok    ");
        for (Verdict verdict : List.of(Verdict.FAIL, Verdict.WARN)) {
            for (GuardResult guard : guards) {
                if (guard.verdict() == verdict) {
                    evidence(guard);
                }
            }
        }
        names(guards, Verdict.NOT_APPLICABLE, "n/a   ");
    }

    private void names(List<GuardResult> guards, Verdict verdict, String title) {
        String names = guards.stream()
                .filter(guard -> guard.verdict() == verdict)
                .map(guard -> guard.name().label())
                .collect(Collectors.joining("  "));
        if (!names.isEmpty()) {
            add(title + names);
        }
    }

    private void evidence(GuardResult guard) {
        String title = String.format(Locale.ROOT, "%-6s", guard.verdict().label())
                + String.format(
                        Locale.ROOT, "%-" + NAME_WIDTH + "s", guard.name().label())
                + " ";
        for (String line : guard.evidence()) {
            add(title + line);
            title = " ".repeat(6 + NAME_WIDTH + 1);
        }
    }

    private void terms(SwapPlan plan) {
        plan.window()
                .ifPresent(window -> add(
                        "undone in " + window.time().toSeconds() + " s unless confirmed: bpfbay confirm " + plan.id()));
    }

    /** The first line says it all; the others what is attached, and what else is worth saying. */
    public static List<String> outcome(SwapOutcome outcome) {
        SwapText text = new SwapText();
        SwapOutcome.Summary summary = outcome.summary();
        text.add(outcome.word() + " " + what(summary) + until(outcome)
                + (outcome.why().isEmpty() ? "" : ": " + outcome.why()));
        summary.places().forEach(place -> text.add("now   " + place.state()));
        summary.notes().forEach(note -> text.add("note  " + note));
        return text.lines;
    }

    private static String what(SwapOutcome.Summary summary) {
        if (summary.places().size() != 1) {
            return summary.places().size() + " places  " + summary.id();
        }
        SwapOutcome.Place place = summary.places().get(0);
        return place.ref() + " " + number(place.from()) + " → " + number(place.to()) + "  " + summary.id();
    }

    private static String number(Optional<ProgramMark> mark) {
        return mark.map(program -> "#" + Words.u32(program.progId())).orElse("—");
    }

    private static String until(SwapOutcome outcome) {
        return outcome instanceof SwapOutcome.Pending pending
                ? "  undone at " + Words.second(pending.confirmBy()) + " unless confirmed: bpfbay confirm "
                        + outcome.summary().id()
                : "";
    }

    public static String swaps(List<SwapRecord> swaps) {
        Table table = new Table("ID", "STATE", "BEGUN", "REF", "FROM", "TO", "BY", "UNTIL");
        for (SwapRecord swap : swaps) {
            for (SwapRecord.Member member : swap.members()) {
                table.row(
                        swap.id(),
                        swap.standing().label(),
                        Words.second(swap.begun()),
                        member.ref(),
                        member.from().map(ProgramMark::label).orElse("—"),
                        member.to().map(ProgramMark::label).orElse("—"),
                        swap.by().user() + " " + swap.by().comm() + " "
                                + swap.by().pid(),
                        swap.confirmBy().map(Words::second).orElse("—"));
            }
        }
        StringBuilder out = new StringBuilder();
        table.print(out);
        return out.toString();
    }

    public static List<String> recoveries(List<Recovery> recoveries) {
        SwapText text = new SwapText();
        for (Recovery recovery : recoveries) {
            text.add(recovery.id() + "  " + recovery.state().label()
                    + (recovery.done().isEmpty() ? "" : ": " + recovery.done()));
            recovery.found().forEach(line -> text.add("found " + line));
        }
        return text.lines;
    }

    private void add(String line) {
        lines.add(Escaper.escape(line));
    }
}

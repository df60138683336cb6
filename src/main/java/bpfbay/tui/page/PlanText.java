package bpfbay.tui.page;

import bpfbay.export.Columns;
import bpfbay.export.SwapText;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.swap.Call;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRequest;
import bpfbay.swap.Way;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A plan for the eye: what would be done, what speaks against it, and only then what does not. */
public final class PlanText {
    private static final int HEAD = 6;
    private static final int NAME = 21;
    private static final int FIRST_MEMBERS = 4;
    private static final int LOG_LINES = 2000;

    private final SwapPlan plan;
    private final Optional<Snapshot> snapshot;
    private final Instant now;
    private final Paragraphs page;

    private PlanText(SwapPlan plan, Optional<Snapshot> snapshot, int columns) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.now = snapshot.map(Snapshot::takenAt).orElse(Instant.EPOCH);
        this.page = new Paragraphs(columns);
    }

    public static List<Line> of(SwapPlan plan, Optional<Snapshot> snapshot, int columns) {
        PlanText text = new PlanText(plan, snapshot, columns);
        text.change();
        text.programs();
        text.how();
        text.terms();
        text.guards();
        text.evidence();
        text.members();
        text.log();
        return text.page.lines();
    }

    /** While it is made. */
    public static List<Line> awaited(SwapRequest request, int columns) {
        Paragraphs page = new Paragraphs(columns);
        entry(page, "to", request.candidate().text(), Ink.TEXT);
        page.text("The guards are being asked. Nothing changes before a plan was seen and its phrase typed.", Ink.DIM);
        return page.lines();
    }

    /** There is none. */
    public static List<Line> none(String why, int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.entry(" " + Columns.pad("none", HEAD), Ink.BAD, why, Ink.TEXT);
        page.text("Nothing was done.", Ink.TEXT);
        return page.lines();
    }

    private static void entry(Paragraphs page, String head, String value, Ink ink) {
        page.entry(" " + Columns.pad(head, HEAD), Ink.DIM, value, ink);
    }

    /** Somebody may have been at the place while the plan was read. */
    private void change() {
        for (SwapPlan.Member member : plan.members()) {
            Optional<String> other = snapshot.flatMap(s -> instead(member, s));
            other.ifPresent(text -> page.entry(" " + Columns.pad("NOW", HEAD), Ink.BAD, text, Ink.WARN));
        }
    }

    private static Optional<String> instead(SwapPlan.Member member, Snapshot snapshot) {
        Identity identity = Identity.of(member.attachment());
        Optional<Attachment> there = snapshot.attachments().stream()
                .filter(attachment -> Identity.of(attachment).equals(identity))
                .findFirst();
        OptionalInt planned = member.from().map(p -> OptionalInt.of(p.id())).orElse(OptionalInt.empty());
        if (there.isEmpty()) {
            return Optional.of(member.ref() + " is gone since the plan was made");
        }
        return there.get().progId().equals(planned)
                ? Optional.empty()
                : Optional.of(member.ref() + " runs another program since the plan was made");
    }

    private void programs() {
        int shown = plan.members().size() <= FIRST_MEMBERS + 1 ? plan.members().size() : FIRST_MEMBERS;
        for (SwapPlan.Member member : plan.members().subList(0, shown)) {
            entry(page, "from", from(member), Ink.TEXT);
        }
        if (shown < plan.members().size()) {
            entry(page, "", "and " + (plan.members().size() - shown) + " more, listed below", Ink.DIM);
        }
        entry(
                page,
                "to",
                plan.to().map(this::to).orElseGet(() -> plan.candidate().text() + "  not loaded"),
                Ink.TEXT);
    }

    private String from(SwapPlan.Member member) {
        List<String> words = new ArrayList<>();
        if (plan.isGroup()) {
            words.add(member.ref());
        }
        words.add(member.from().map(program -> SwapLines.program(program, now)).orElse("classic filter"));
        words.addAll(member.facts());
        return String.join("  ", words);
    }

    private String to(Program program) {
        List<String> words = new ArrayList<>();
        words.add(SwapLines.program(program, now));
        words.add(snapshot.flatMap(s -> SwapLines.pin(program, s))
                .orElse(plan.candidate().text()));
        return String.join("  ", words);
    }

    private void how() {
        List<Call> calls = plan.members().stream()
                .flatMap(member -> member.call().stream())
                .distinct()
                .toList();
        calls.forEach(call -> entry(page, "by", call.label() + expected(call), Ink.TEXT));
        List<String> provisos = new ArrayList<>();
        for (SwapPlan.Member member : plan.members()) {
            if (member.way() instanceof Way.None none) {
                page.entry(" " + Columns.pad("none", HEAD), Ink.BAD, none.reason(), Ink.TEXT);
                none.command().ifPresent(command -> entry(page, "", command, Ink.ACCENT));
            } else if (member.way() instanceof Way.Atomic atomic) {
                atomic.proviso().filter(proviso -> !provisos.contains(proviso)).ifPresent(provisos::add);
            }
        }
        provisos.forEach(proviso -> entry(page, "note", proviso, Ink.WARN));
    }

    /** What was asked for beside it. */
    private void terms() {
        SwapText.terms(plan)
                .forEach(term -> entry(page, term.head(), term.words(), term.isDeadline() ? Ink.WARN : Ink.TEXT));
    }

    /** Which program the kernel is told to expect, where it is told one. */
    private String expected(Call call) {
        return plan.isGroup() || !call.expectsProgram()
                ? ""
                : plan.members()
                        .get(0)
                        .from()
                        .map(p -> " " + Units.unsigned(p.id()))
                        .orElse("");
    }

    private void guards() {
        for (GuardResult.Verdict verdict : List.of(GuardResult.Verdict.FAIL, GuardResult.Verdict.WARN)) {
            for (GuardResult guard : with(verdict)) {
                String head = " " + Columns.pad(verdict.label(), HEAD)
                        + Columns.pad(guard.name().label(), NAME);
                Ink ink = verdict == GuardResult.Verdict.FAIL ? Ink.BAD : Ink.WARN;
                List<String> evidence = guard.evidence().isEmpty() ? List.of("") : guard.evidence();
                for (String line : evidence) {
                    page.entry(head, ink, line, Ink.TEXT);
                    head = " ".repeat(1 + HEAD + NAME);
                }
            }
        }
        names(GuardResult.Verdict.PASS);
        names(GuardResult.Verdict.NOT_APPLICABLE);
    }

    private List<GuardResult> with(GuardResult.Verdict verdict) {
        return plan.guards().stream()
                .filter(guard -> guard.verdict() == verdict)
                .toList();
    }

    private void names(GuardResult.Verdict verdict) {
        String names = with(verdict).stream()
                .map(GuardResult::name)
                .map(GuardName::label)
                .collect(Collectors.joining("  "));
        if (!names.isEmpty()) {
            entry(page, verdict.word(), names, Ink.TEXT);
        }
    }

    private void evidence() {
        List<GuardResult> others = new ArrayList<>(with(GuardResult.Verdict.PASS));
        others.addAll(with(GuardResult.Verdict.NOT_APPLICABLE));
        others.removeIf(guard -> guard.evidence().isEmpty());
        if (others.isEmpty()) {
            return;
        }
        page.section("What they found", "");
        for (GuardResult guard : others) {
            String head = " " + Columns.pad(guard.verdict().word(), HEAD)
                    + Columns.pad(guard.name().label(), NAME);
            for (String line : guard.evidence()) {
                page.entry(head, Ink.DIM, line, Ink.TEXT);
                head = " ".repeat(1 + HEAD + NAME);
            }
        }
    }

    private void members() {
        if (plan.members().size() <= FIRST_MEMBERS + 1) {
            return;
        }
        page.section("All " + plan.members().size() + " places", "in the order in which they are swapped");
        plan.members().forEach(member -> page.text(from(member), Ink.TEXT));
    }

    /** What the verifier stumbled over stands at the end of its log. */
    private void log() {
        List<String> lines = new ArrayList<>(plan.verifierLog().lines().toList());
        if (lines.isEmpty()) {
            return;
        }
        Collections.reverse(lines);
        page.section("What the verifier said", "the last line first");
        lines.stream().limit(LOG_LINES).forEach(line -> page.text(line, Ink.TEXT));
        if (lines.size() > LOG_LINES) {
            page.text("and " + (lines.size() - LOG_LINES) + " lines before these", Ink.DIM);
        }
    }
}

package bpfbay.export;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was found as lines for people, the worst first. Nothing is called well that was not looked at. */
public final class FindingsText {
    /** A finding may be of a thousand interfaces; JSON has them all. */
    private static final int EVIDENCE = 8;

    private FindingsText() {}

    public static String of(Snapshot snapshot, Diagnosis diagnosis) {
        StringBuilder out = new StringBuilder();
        out.append(Escaper.escape(snapshot.host().name()))
                .append("  ")
                .append(Escaper.escape(snapshot.host().kernel()))
                .append("  ")
                .append(Words.second(snapshot.takenAt()))
                .append('\n');
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            group(severity, diagnosis, out);
        }
        notEvaluated(diagnosis, out);
        return out.append('\n').append(summary(diagnosis)).append('\n').toString();
    }

    private static void group(Severity severity, Diagnosis diagnosis, StringBuilder out) {
        List<Finding> findings = diagnosis.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        out.append('\n').append(severity.label()).append('\n');
        for (Finding finding : findings) {
            line(out, "  ", finding.code().label() + ": " + finding.title());
            List<String> evidence = finding.evidence();
            evidence.stream().limit(EVIDENCE).forEach(fact -> line(out, "      ", fact));
            if (evidence.size() > EVIDENCE) {
                line(out, "      ", "and " + (evidence.size() - EVIDENCE) + " more lines, with --json");
            }
            line(out, "    > ", finding.suggest());
        }
    }

    private static void line(StringBuilder out, String indent, String text) {
        out.append(indent).append(Escaper.escape(text)).append('\n');
    }

    /** One line for each reason, with all that it keeps from being judged. */
    private static void notEvaluated(Diagnosis diagnosis, StringBuilder out) {
        Map<String, Set<String>> reasons = new LinkedHashMap<>();
        for (NotEvaluated one : diagnosis.notEvaluated()) {
            reasons.computeIfAbsent(one.why(), why -> new LinkedHashSet<>())
                    .add(one.code().label());
        }
        if (reasons.isEmpty()) {
            return;
        }
        out.append("\nnot evaluated, wholly or in part\n");
        reasons.forEach((why, codes) -> line(out, "  ", why + " (" + String.join(", ", codes) + ")"));
    }

    private static String summary(Diagnosis diagnosis) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            long n = diagnosis.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            if (n > 0) {
                counts.add(n + " " + severity.label());
            }
        }
        int blind = diagnosis.notEvaluated().stream()
                .map(NotEvaluated::code)
                .collect(Collectors.toSet())
                .size();
        String found = counts.isEmpty()
                ? "nothing found"
                : diagnosis.findings().size()
                        + (diagnosis.findings().size() == 1 ? " finding: " : " findings: ")
                        + String.join(", ", counts);
        return found
                + (blind == 0
                        ? "; every rule was evaluated"
                        : "; " + blind + (blind == 1 ? " rule" : " rules") + " not evaluated, wholly or in part");
    }
}

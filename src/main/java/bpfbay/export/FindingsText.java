package bpfbay.export;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                .append(Utc.second(snapshot.takenAt()))
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

    /** One line for each reason, with all that it keeps from being judged; what nobody asked for stands apart. */
    private static void notEvaluated(Diagnosis diagnosis, StringBuilder out) {
        reasons("not evaluated, wholly or in part", unseen(diagnosis), out);
        reasons("not asked for (--since CAPTURE, --window)", unasked(diagnosis), out);
    }

    private static void reasons(String heading, List<NotEvaluated> some, StringBuilder out) {
        Map<String, Set<String>> reasons = new LinkedHashMap<>();
        for (NotEvaluated one : some) {
            reasons.computeIfAbsent(one.why(), why -> new LinkedHashSet<>())
                    .add(one.code().label());
        }
        if (!reasons.isEmpty()) {
            out.append('\n').append(heading).append('\n');
            reasons.forEach((why, codes) -> line(out, "  ", why + " (" + String.join(", ", codes) + ")"));
        }
    }

    private static List<NotEvaluated> unasked(Diagnosis diagnosis) {
        return diagnosis.notEvaluated().stream()
                .filter(one -> one.cause() == Cause.NOT_ASKED)
                .toList();
    }

    private static List<NotEvaluated> unseen(Diagnosis diagnosis) {
        return diagnosis.notEvaluated().stream()
                .filter(one -> one.cause() != Cause.NOT_ASKED)
                .toList();
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
        String found = counts.isEmpty()
                ? "nothing found"
                : diagnosis.findings().size()
                        + (diagnosis.findings().size() == 1 ? " finding: " : " findings: ")
                        + String.join(", ", counts);
        long blind = rules(unseen(diagnosis));
        long unasked = rules(unasked(diagnosis));
        return found
                + (blind == 0 && unasked == 0 ? "; every rule was evaluated" : "")
                + (blind == 0 ? "" : "; " + count(blind) + " not evaluated, wholly or in part")
                + (unasked == 0 ? "" : "; " + count(unasked) + " not asked for");
    }

    private static String count(long rules) {
        return rules + (rules == 1 ? " rule" : " rules");
    }

    private static long rules(List<NotEvaluated> some) {
        return some.stream().map(NotEvaluated::code).distinct().count();
    }
}

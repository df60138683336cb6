package bpfbay.diagnose;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes what is known out of what was found. Rules that have expired, or that match nothing, are found themselves. */
public record Ignoring(List<Ignore> rules) {
    public Ignoring {
        rules = List.copyOf(rules);
    }

    /** A finding goes when every one of its refs is known; of a rule that has expired nothing is. */
    public Diagnosis of(Diagnosis diagnosis, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Set<Ignore> used = new HashSet<>();
        List<Finding> left = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            List<Ignore> matching = matching(finding);
            used.addAll(matching);
            List<Ignore> valid = matching.stream()
                    .filter(rule -> !today.isAfter(rule.until()))
                    .toList();
            boolean isKnown = !finding.refs().isEmpty()
                    && finding.refs().stream().allMatch(ref -> valid.stream().anyMatch(rule -> rule.matches(ref)));
            if (!isKnown) {
                left.add(finding);
            }
        }
        for (Ignore rule : rules) {
            if (today.isAfter(rule.until())) {
                left.add(expired(rule));
            } else if (!used.contains(rule)) {
                left.add(unused(rule));
            }
        }
        return new Diagnosis(left, diagnosis.notEvaluated());
    }

    private List<Ignore> matching(Finding finding) {
        return rules.stream()
                .filter(rule -> rule.isFor(finding) && finding.refs().stream().anyMatch(rule::matches))
                .toList();
    }

    private static Finding expired(Ignore rule) {
        return finding(
                Code.IGNORE_EXPIRED,
                rule,
                "line " + rule.line() + " of the ignore file has expired on " + rule.until() + ": " + rule.label(),
                "look at it again, then write a later day or take the line out");
    }

    private static Finding unused(Ignore rule) {
        return finding(
                Code.IGNORE_UNUSED,
                rule,
                "line " + rule.line() + " of the ignore file matches nothing that was found: " + rule.label(),
                "take the line out where the trouble is over");
    }

    private static Finding finding(Code code, Ignore rule, String title, String suggest) {
        return new Finding(
                code,
                Severity.INFO,
                List.of(),
                Set.of(),
                List.of(),
                title,
                List.of("reason: " + rule.reason(), "until: " + rule.until()),
                suggest);
    }
}

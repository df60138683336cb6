package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found in one picture and its history.
 *
 * @param findings the worst first, then by code and by ref
 * @param notEvaluated what could not be judged: a host is healthy only where this is empty
 */
public record Diagnosis(List<Finding> findings, List<NotEvaluated> notEvaluated) {
    public static final Diagnosis NOTHING = new Diagnosis(List.of(), List.of());

    /** A rule that could not be judged, wholly or for some things, and why. */
    public record NotEvaluated(Code code, Cause cause, String why) {
        /** What would help. */
        public enum Cause {
            /** Other privileges. */
            PRIVILEGE,
            /** Another question: it takes an earlier picture, or a window in which runs are counted. */
            NOT_ASKED,
            OTHER
        }

        public NotEvaluated {
            requireNonNull(code, "code");
            requireNonNull(cause, "cause");
            requireNonNull(why, "why");
        }
    }

    public Diagnosis {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Diagnosis::compare);
        findings = List.copyOf(sorted);
        notEvaluated = List.copyOf(notEvaluated);
    }

    /** The worst first. */
    private static int compare(Finding a, Finding b) {
        int bySeverity = b.severity().compareTo(a.severity());
        int byCode = a.code().compareTo(b.code());
        return bySeverity != 0 ? bySeverity : byCode != 0 ? byCode : place(a).compareTo(place(b));
    }

    private static String place(Finding finding) {
        return finding.refs().isEmpty() ? "" : finding.refs().get(0);
    }

    static Diagnosis of(Finding finding) {
        return new Diagnosis(List.of(finding), List.of());
    }

    static Diagnosis of(NotEvaluated notEvaluated) {
        return new Diagnosis(List.of(), List.of(notEvaluated));
    }

    /** Whether one of the findings is worse than worth knowing. */
    public boolean isBad() {
        return !bad().isEmpty();
    }

    /** Those that are worse than worth knowing. */
    public List<Finding> bad() {
        List<Finding> bad = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.severity().isBad()) {
                bad.add(finding);
            }
        }
        return bad;
    }
}

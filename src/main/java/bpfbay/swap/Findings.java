package bpfbay.swap;

import java.util.ArrayList;
import java.util.List;

/** Gathers what a guard finds; the gravest verdict counts, and its evidence comes first. */
final class Findings {
    private final GuardName name;
    private final List<String> failures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Findings(GuardName name) {
        this.name = name;
    }

    Findings fail(String evidence) {
        return add(failures, evidence);
    }

    Findings warn(String evidence) {
        return add(warnings, evidence);
    }

    /** Worth saying, and nothing against it. */
    Findings remark(String evidence) {
        return add(remarks, evidence);
    }

    private Findings add(List<String> lines, String evidence) {
        if (!lines.contains(evidence)) {
            lines.add(evidence);
        }
        return this;
    }

    boolean isEmpty() {
        return failures.isEmpty() && warnings.isEmpty() && remarks.isEmpty();
    }

    GuardResult result() {
        GuardResult.Verdict verdict = !failures.isEmpty()
                ? GuardResult.Verdict.FAIL
                : warnings.isEmpty() ? GuardResult.Verdict.PASS : GuardResult.Verdict.WARN;
        List<String> all = new ArrayList<>(failures);
        all.addAll(warnings);
        all.addAll(remarks);
        return new GuardResult(name, verdict, all);
    }
}

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a guard found.
 *
 * @param evidence one line a fact, the weightiest first
 */
public record GuardResult(GuardName name, Verdict verdict, List<String> evidence) {
    public GuardResult {
        requireNonNull(name, "name");
        requireNonNull(verdict, "verdict");
        evidence = List.copyOf(evidence);
    }

    public static GuardResult pass(GuardName name, String... evidence) {
        return new GuardResult(name, Verdict.PASS, List.of(evidence));
    }

    public static GuardResult warn(GuardName name, String... evidence) {
        return new GuardResult(name, Verdict.WARN, List.of(evidence));
    }

    public static GuardResult fail(GuardName name, String... evidence) {
        return new GuardResult(name, Verdict.FAIL, List.of(evidence));
    }

    public static GuardResult notApplicable(GuardName name, String... evidence) {
        return new GuardResult(name, Verdict.NOT_APPLICABLE, List.of(evidence));
    }

    public boolean isFailed() {
        return verdict == Verdict.FAIL;
    }

    public boolean isWarning() {
        return verdict == Verdict.WARN;
    }

    /** Ordered by weight. */
    public enum Verdict {
        NOT_APPLICABLE("n/a"),
        PASS("pass"),
        WARN("warn"),
        FAIL("fail");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** For people: a guard that passes is ok. */
        public String word() {
            return this == PASS ? "ok" : label;
        }

        public String label() {
            return label;
        }
    }
}

package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.model.Reading;

/** Says why a rule could not be judged. */
final class NotJudged {
    private NotJudged() {}

    /** For want of a fact. */
    static NotEvaluated of(Code code, String what, Reading<?> missing) {
        return new NotEvaluated(code, cause(missing), what + ": " + missing.reason());
    }

    /** For want of a look that was not asked for. */
    static NotEvaluated notAsked(Code code, String why) {
        return new NotEvaluated(code, Cause.NOT_ASKED, why);
    }

    static NotEvaluated of(Code code, String why) {
        return new NotEvaluated(code, Cause.OTHER, why);
    }

    static Cause cause(Reading<?> missing) {
        return missing instanceof Reading.Denied<?> ? Cause.PRIVILEGE : Cause.OTHER;
    }
}

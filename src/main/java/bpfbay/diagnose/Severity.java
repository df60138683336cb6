package bpfbay.diagnose;

import java.util.Locale;

/** How much a finding wants somebody's attention, the least first. */
public enum Severity {
    /** Worth knowing, usual in daily life. */
    INFO,
    /** Probably not what somebody meant. */
    WARNING,
    /** Something does not run that should, or the other way round. */
    CRITICAL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code check} ends with bad news because of it. */
    public boolean isBad() {
        return this != INFO;
    }
}

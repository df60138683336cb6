package bpfbay.swap;

import java.util.Arrays;
import java.util.Optional;

/** The steps of a swap as they are written down. */
public enum JournalEvent {
    PLANNED("planned"),
    WAY_BACK("way-back"),
    COMMITTING("committing"),
    COMMITTED("committed"),
    VERIFIED("verified"),
    PENDING("pending"),
    CONFIRMED("confirmed"),
    REVERTING("reverting"),
    REVERTED("reverted"),
    STALE("stale"),
    FAILED("failed");

    private final String label;

    JournalEvent(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Optional<JournalEvent> of(String label) {
        return Arrays.stream(values())
                .filter(event -> event.label.equals(label))
                .findFirst();
    }
}

package bpfbay.swap;

import java.util.Arrays;
import java.util.Optional;

/** What is looked at before a swap, in the order in which it is shown. */
public enum GuardName {
    TARGET_UNCHANGED("target-unchanged"),
    CANDIDATE_FITS_HOOK("candidate-fits-hook"),
    CANDIDATE_VERIFIES("candidate-verifies"),
    CANDIDATE_DIFFERS("candidate-differs"),
    PLACE("place"),
    MAPS("maps"),
    TAIL_CALLS("tail-calls"),
    TEST_RUN("test-run"),
    OWNER("owner"),
    MANAGEMENT_INTERFACE("management-interface"),
    WAY_BACK("way-back"),
    LOCK("lock");

    private final String label;

    GuardName(String label) {
        this.label = label;
    }

    /** The word of the machine interface. */
    public String label() {
        return label;
    }

    public static Optional<GuardName> of(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }
}

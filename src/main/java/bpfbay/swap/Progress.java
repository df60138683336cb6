package bpfbay.swap;

import static java.util.Objects.requireNonNull;

/** Hears how far a swap has come. Called by the engine's thread. */
public interface Progress {
    Progress SILENT = step -> {};

    void at(Step step);

    /** The same, but whoever listens may fall over it: a terminal that is gone stops no swap half way. */
    static Progress heedless(Progress listener) {
        return step -> {
            try {
                listener.at(step);
            } catch (RuntimeException nobodyListens) {
                return;
            }
        };
    }

    /**
     * One step forward.
     *
     * @param done how many members are through this stage, of {@code members}
     * @param words for the eye, such as the ref it is about
     */
    record Step(Stage stage, int done, int members, String words) {
        public Step {
            requireNonNull(stage, "stage");
            requireNonNull(words, "words");
        }
    }

    enum Stage {
        COMMITTING,
        VERIFYING,
        SOAKING,
        ROLLING_BACK,
        DONE
    }
}

package bpfbay.kernel;

/** Tries the kernel's features, each for real and without leaving anything behind. Any one thread. */
public interface FeatureProbes {
    Result probe(Feature feature);

    /**
     * What came of a try.
     *
     * @param detail why it does not work, or was not tried; empty where it works
     */
    record Result(State state, String detail) {
        public static final Result WORKS = new Result(State.WORKS, "");

        public static Result missing(String why) {
            return new Result(State.MISSING, why);
        }

        public static Result denied(String why) {
            return new Result(State.DENIED, why);
        }

        public static Result notTried(String why) {
            return new Result(State.NOT_TRIED, why);
        }
    }

    /** Whether a feature can be used. */
    enum State {
        WORKS("works"),
        MISSING("missing"),
        DENIED("denied"),
        NOT_TRIED("not tried");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What {@code recover} found of one swap, and did.
 *
 * @param found one line a place: what stands there now and whose it is
 * @param done in words; empty where nothing was to be done
 */
public record Recovery(String id, State state, List<String> found, String done) {
    public Recovery {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        found = List.copyOf(found);
        requireNonNull(done, "done");
    }

    /** In which state the places were found. */
    public enum State {
        OLD("old"),
        NEW("new"),
        MIXED("mixed"),
        OTHER("other"),
        /** The device, the cgroup or the whole boot is no more. */
        GONE("gone"),
        /** A guard process or another bpfbay is at work: it was left alone. */
        UNDER_WAY("under way");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}

package bpfbay.diagnose;

import bpfbay.history.Edits;
import bpfbay.history.Edits.Step;
import java.util.List;

/**
 * How a list of one survey became that of the next.
 *
 * @param steps from the earlier list to the later, all of it
 * @param stirred places in the later list of what is still the same and has others around it
 */
record Course<T>(List<Step<T>> steps, List<Integer> stirred) {
    static <T> Course<T> of(List<T> before, Edits<T> edits, List<Integer> stirred) {
        return new Course<>(edits.isEmpty() ? List.of(new Step.Keep<>(before.size())) : edits.steps(), stirred);
    }

    /** Whether nothing is to be looked at. */
    boolean isStill() {
        return stirred.isEmpty() && steps.size() == 1 && steps.get(0) instanceof Step.Keep<T>;
    }
}

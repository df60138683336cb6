package bpfbay.swap;

import bpfbay.kernel.KernelException;
import bpfbay.model.RunCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the new program runs where the old one ran. Whether there is traffic at all is told by the old
 * program's own count, between the plan and the commit.
 */
final class RunCheck {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int STEPS = 100;

    private final Ground ground;
    private final PreparedSwap prepared;

    RunCheck(Ground ground, PreparedSwap prepared) {
        this.ground = ground;
        this.prepared = prepared;
    }

    /** Empty where it runs, and where nothing could be expected of it. */
    List<String> notes() {
        try {
            return ranBefore() && !runsNow()
                    ? List.of("the old program ran until the swap, and within a second the new one has not: "
                            + "look at the hooks in front of it")
                    : List.of();
        } catch (KernelException notCounted) {
            return List.of();
        }
    }

    private boolean ranBefore() {
        Map<Integer, Long> before = prepared.runsBefore();
        Map<Integer, RunCounts> now = ground.kernel().runCounts(before.keySet());
        return now.entrySet().stream()
                .anyMatch(entry -> before.getOrDefault(entry.getKey(), 0L)
                        != entry.getValue().runCount());
    }

    /** One that is gone is not waited for. */
    private boolean runsNow() {
        int progId = Commit.newProgram(prepared).id();
        for (int i = 0; i < STEPS; i++) {
            Optional<RunCounts> counts = Optional.ofNullable(
                    ground.kernel().runCounts(List.of(progId)).get(progId));
            if (counts.filter(c -> c.runCount() == 0).isEmpty()
                    || !ground.pause().passes(STEP)) {
                return true;
            }
        }
        return false;
    }
}

package bpfbay.swap;

import java.time.Duration;

/** Waiting, which in a test takes no time. */
public interface Pause {
    /** Says whether the time passed undisturbed; an interruption ends it early and stays set. */
    boolean passes(Duration time);

    /** By the clock on the wall. */
    static Pause real() {
        return time -> {
            try {
                Thread.sleep(time.toMillis());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}

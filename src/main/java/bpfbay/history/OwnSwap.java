package bpfbay.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A program that bpfbay put somewhere, by swap or revert, as its journal tells.
 *
 * @param ref of the place, as it was when it was planned
 * @param progId of the program that was put there
 */
public record OwnSwap(Instant at, String ref, int progId, OptionalInt pid, String comm) {
    public OwnSwap {
        requireNonNull(at, "at");
        requireNonNull(ref, "ref");
        requireNonNull(pid, "pid");
        requireNonNull(comm, "comm");
    }
}

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.Fd;
import java.util.List;
import java.util.Optional;

/** One lock a hook, so that two swaps of one place do not meet. */
public interface Locks {
    /** Who holds a lock, as the lock itself says. */
    record Holder(String swap, int pid, String ref) {
        public Holder {
            requireNonNull(swap, "swap");
            requireNonNull(ref, "ref");
        }
    }

    /** Either the lock, or who has it. */
    sealed interface Attempt {
        /** It is held until the descriptor and all its copies are closed. */
        record Taken(Lock lock) implements Attempt {}

        record Held(Holder holder) implements Attempt {}

        /** It cannot be known whether another holds it. */
        record Unknown(String why) implements Attempt {}
    }

    /** A lock that is held. Closing lets go of it; a copy that a guard process has keeps it. */
    interface Lock extends AutoCloseable {
        Fd descriptor();

        @Override
        void close();
    }

    /**
     * Does not wait.
     *
     * @param hook names the hook over time: the namespace by inode, the device by ifindex
     */
    Attempt take(String hook, Holder holder);

    /** Locks that are held now, by whomever. */
    List<Holder> held();

    /** Takes away what locks that nobody holds have left. */
    void tidy();

    /** Why other bpfbays of this host may not see these locks; empty where they do. */
    Optional<String> blindSpot();
}

package bpfbay.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processes that undo a swap when nobody confirms it: {@code native/guard.c}. Each stands on its own, so
 * that neither the terminal's end nor ours is its end.
 */
public interface Guardians {
    /**
     * Starts one and waits until it stands: it holds the programs of all members, has the locks and can be
     * spoken to. It does nothing until armed, and ends without a trace if this process ends before.
     */
    Guardian start(Orders orders);

    /** The one that answers at the control socket; empty where none does. */
    Optional<Guardian> find(Path control);

    /**
     * What it is to undo, and where it writes that down.
     *
     * @param control the socket it answers at
     * @param journals the first that can be written is used
     * @param locks descriptors of lock files, which it keeps open while it lives
     * @param probe run after the commit and before the deadline; a failure undoes at once
     * @param pins the folder of the way back, which goes once all is undone
     */
    record Orders(
            String swap,
            Path control,
            List<Path> journals,
            List<Member> members,
            List<Fd> locks,
            Optional<Probe> probe,
            Optional<Path> pins) {
        public Orders {
            journals = List.copyOf(journals);
            members = List.copyOf(members);
            locks = List.copyOf(locks);
        }

        /** Without pins of a way back. */
        public Orders(
                String swap,
                Path control,
                List<Path> journals,
                List<Member> members,
                List<Fd> locks,
                Optional<Probe> probe) {
            this(swap, control, journals, members, locks, probe, Optional.empty());
        }
    }

    /**
     * One place of the swap: {@code from} is what it puts back. The caller holds both programs until the
     * guard stands, so that an id cannot come to mean another one on the way.
     *
     * @param carried pins of the old program that name the new one once the probe has let it stay
     */
    record Member(String ref, SwapPlace place, int from, int to, List<String> carried) {
        public Member {
            carried = List.copyOf(carried);
        }

        /** Whose pins stay as they are. */
        public Member(String ref, SwapPlace place, int from, int to) {
            this(ref, place, from, to, List.of());
        }
    }

    /** A command that says by its exit status whether all is well. */
    record Probe(Path command, Duration limit) {}

    /** One that stands. Closing lets go of it; it goes on. */
    interface Guardian extends AutoCloseable {
        int pid();

        /**
         * From now on it undoes at the deadline, by a clock that no one sets and that counts through suspend.
         * Call it before the first primitive; again, and the deadline is moved.
         */
        Instant arm(Duration within);

        /** The last member is committed: the probe may run. */
        void committed();

        /** The swap stays; or what became of it before. */
        Ending confirm();

        /** Undoes it now, as at the deadline; or what became of it before. */
        Ending revert();

        /** Ends one that has nothing to undo. */
        void dismiss();

        Status status();

        @Override
        void close();
    }

    /**
     * What it does now.
     *
     * @param lacks what it could not get for its own safety, a clause each: {@code not safe from the OOM killer: EACCES}
     */
    record Status(String swap, Phase phase, Optional<Instant> deadline, List<String> lacks) {
        public Status {
            lacks = List.copyOf(lacks);
        }

        public enum Phase {
            STANDING,
            ARMED,
            COMMITTED,
            ENDED
        }
    }

    /**
     * What became of the swap.
     *
     * @param places one line a member, saying what stands there now
     */
    record Ending(Kind kind, List<String> places) {
        public enum Kind {
            CONFIRMED,
            REVERTED,
            STALE,
            FAILED
        }
    }
}

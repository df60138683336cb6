package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan with all that its commit will need already in hand: descriptors of both programs, pins of the way
 * back, the locks, the guard process. Closing lets go of whatever has not become part of a swap.
 */
public final class PreparedSwap implements AutoCloseable {
    private final SwapPlan plan;
    private final List<Seat> seats;
    private final Hold hold;
    private final Chronicle chronicle;
    private final Map<Integer, Long> runsBefore;
    private final Optional<Guardians.Probe> probe;
    private boolean isUsed;

    PreparedSwap(
            SwapPlan plan,
            List<Seat> seats,
            Hold hold,
            Chronicle chronicle,
            Map<Integer, Long> runsBefore,
            Optional<Guardians.Probe> probe) {
        this.plan = plan;
        this.seats = List.copyOf(seats);
        this.hold = hold;
        this.chronicle = chronicle;
        this.runsBefore = Map.copyOf(runsBefore);
        this.probe = probe;
    }

    public SwapPlan plan() {
        return plan;
    }

    /** Whether this is the first commit of the plan. */
    boolean begin() {
        boolean isFirst = !isUsed;
        isUsed = true;
        return isFirst;
    }

    List<Seat> seats() {
        return seats;
    }

    Hold hold() {
        return hold;
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Optional<Guardians.Probe> probe() {
        return probe;
    }

    /** Run counts of the old programs as they were while planning; empty where nobody counts. */
    Map<Integer, Long> runsBefore() {
        return runsBefore;
    }

    @Override
    public void close() {
        hold.close();
    }

    /** What a plan has opened, pinned, locked and started. */
    static final class Hold implements AutoCloseable {
        private final List<Fd> descriptors = new ArrayList<>();
        private Optional<Challenger> challenger = Optional.empty();
        private Optional<HeldLocks> locks = Optional.empty();
        private Optional<WayBack> wayBack = Optional.empty();
        private Optional<Guardians.Guardian> guardian = Optional.empty();
        private boolean isPartOfSwap;

        Fd keep(Fd descriptor) {
            descriptors.add(descriptor);
            return descriptor;
        }

        void keep(Challenger value) {
            challenger = Optional.of(value);
        }

        void keep(HeldLocks value) {
            locks = Optional.of(value);
        }

        void keep(WayBack value) {
            wayBack = Optional.of(value);
        }

        void keep(Guardians.Guardian value) {
            guardian = Optional.of(value);
        }

        Optional<WayBack> wayBack() {
            return wayBack;
        }

        Optional<Guardians.Guardian> guardian() {
            return guardian;
        }

        HeldLocks locks() {
            return locks.orElseThrow();
        }

        Challenger challenger() {
            return challenger.orElseThrow();
        }

        /** From now on pins and guard process belong to the swap, whatever becomes of this. */
        void becomePartOfSwap() {
            isPartOfSwap = true;
        }

        /** The swap has come to nothing: its pins and its guard process are in nobody's way any more. */
        void giveUp() {
            isPartOfSwap = false;
        }

        @Override
        public void close() {
            if (!isPartOfSwap) {
                guardian.ifPresent(Hold::dismiss);
            }
            guardian.ifPresent(Guardians.Guardian::close);
            try {
                wayBack.filter(pins -> !isPartOfSwap).ifPresent(WayBack::remove);
            } finally {
                letGo();
            }
        }

        /** One that was killed needs no word, and one that does not answer ends with our socket. */
        private static void dismiss(Guardians.Guardian guardian) {
            try {
                guardian.dismiss();
            } catch (KernelException endsWithoutIt) {
                return;
            }
        }

        private void letGo() {
            guardian = Optional.empty();
            wayBack = Optional.empty();
            challenger.ifPresent(Challenger::close);
            challenger = Optional.empty();
            descriptors.forEach(Fd::close);
            descriptors.clear();
            locks.ifPresent(HeldLocks::close);
            locks = Optional.empty();
        }
    }
}

package bpfbay.swap;

import bpfbay.kernel.Fd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The locks of all hooks of one swap. Taken in one order by everybody, and without waiting. */
final class HeldLocks implements AutoCloseable {
    private final List<Locks.Lock> taken = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private Optional<String> held = Optional.empty();

    /** Takes all, or says who has one; what was taken until then is kept until this is closed. */
    static HeldLocks take(Locks locks, Map<String, String> refsByHook, String swap, int pid) {
        HeldLocks all = new HeldLocks();
        SortedMap<String, String> sorted = new TreeMap<>(refsByHook);
        sorted.forEach((hook, ref) -> {
            if (all.held.isEmpty()) {
                all.add(locks.take(hook, new Locks.Holder(swap, pid, ref)), ref);
            }
        });
        return all;
    }

    private void add(Locks.Attempt attempt, String ref) {
        if (attempt instanceof Locks.Attempt.Taken t) {
            taken.add(t.lock());
        } else if (attempt instanceof Locks.Attempt.Held h) {
            held = Optional.of(ref + ": swap " + h.holder().swap() + " of pid "
                    + h.holder().pid() + " has the lock; confirm or revert it first");
        } else if (attempt instanceof Locks.Attempt.Unknown u) {
            unknown.add(ref + ": " + u.why());
        }
    }

    /** Who has one of them. */
    Optional<String> held() {
        return held;
    }

    GuardResult result(Optional<String> blindSpot) {
        Findings findings = new Findings(GuardName.LOCK);
        held.ifPresent(findings::fail);
        unknown.forEach(findings::warn);
        blindSpot.ifPresent(findings::warn);
        return findings.isEmpty()
                ? GuardResult.pass(GuardName.LOCK, "no other swap is at work here")
                : findings.result();
    }

    List<Fd> descriptors() {
        return taken.stream().map(Locks.Lock::descriptor).toList();
    }

    @Override
    public void close() {
        taken.forEach(Locks.Lock::close);
        taken.clear();
    }
}

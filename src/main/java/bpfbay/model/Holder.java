package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A process that holds BPF objects by descriptors. Identity: pid and start time; a pid comes round again.
 *
 * @param pid the process (thread group) in bpfbay's own pid namespace
 * @param startTicks clock ticks from boot to its start: /proc/PID/stat field 22
 * @param comm at most 15 bytes, any byte
 * @param cgroup its path in the unified hierarchy, where it was read
 * @param unit the systemd unit that the cgroup names
 * @param container the container id that the cgroup names
 */
public record Holder(
        int pid,
        long startTicks,
        String comm,
        Optional<String> cgroup,
        Optional<String> unit,
        Optional<String> container) {
    /* of native/guard.h */
    private static final String GUARD = "bpfbay-guard";

    public Holder {
        requireNonNull(comm, "comm");
    }

    /** Whether it is the guard process of a swap: it holds what it may have to put back, and owns nothing. */
    public boolean isGuard() {
        return comm.equals(GUARD);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Holder that
                        && that.pid == pid
                        && that.startTicks == startTicks
                        && that.comm.equals(comm)
                        && that.cgroup.equals(cgroup)
                        && that.unit.equals(unit)
                        && that.container.equals(container));
    }

    @Override
    public int hashCode() {
        return 31 * pid + Long.hashCode(startTicks);
    }
}

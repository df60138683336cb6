package bpfbay.probe;

import java.util.EnumSet;
import java.util.Set;

/** The capabilities that bpfbay uses: linux/capability.h. */
public enum Capability {
    CAP_SYS_ADMIN(21, "lists no program, link or map, enters no other namespace, counts no runs"),
    CAP_NET_ADMIN(12, "sees no tcx, netkit or cgroup chain"),
    CAP_SYS_PTRACE(19, "sees the owners of other users' objects by the iterator only, or not at all"),
    CAP_DAC_READ_SEARCH(2, "does not list the descriptors and pins of other users"),
    CAP_BPF(39, "loads no iterator, unless CAP_SYS_ADMIN is there; shows no instructions"),
    CAP_PERFMON(38, "loads no iterator, unless CAP_SYS_ADMIN is there"),
    CAP_SYSLOG(34, "may not see the kernel's addresses: calls have no names"),
    CAP_NET_BROADCAST(11, "is not told of changes in other network namespaces");

    private final int bit;
    private final String cost;

    Capability(int bit, String cost) {
        this.bit = bit;
        this.cost = cost;
    }

    /** What bpfbay does not do without it. */
    public String cost() {
        return cost;
    }

    /** Those in a mask as /proc/PID/status writes it, in hexadecimal. */
    public static Set<Capability> decode(String mask) {
        long bits = Long.parseUnsignedLong(mask.strip(), 16);
        Set<Capability> held = EnumSet.noneOf(Capability.class);
        for (Capability capability : values()) {
            if ((bits >>> capability.bit & 1) == 1) {
                held.add(capability);
            }
        }
        return held;
    }
}

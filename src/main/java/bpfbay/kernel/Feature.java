package bpfbay.kernel;

/** Something of the kernel that bpfbay uses, and what is missed without it. */
public enum Feature {
    OBJECTS("listing of programs, links and maps", "no program, link or map can be seen"),
    TCX("tcx", "tcx programs are not seen; since Linux 6.6"),
    NETKIT("netkit", "netkit programs are not seen; since Linux 6.7"),
    CGROUP_CHAINS("cgroup programs", "programs attached to cgroups are not seen"),
    CGROUP_REVISION(
            "revision of a cgroup's chain", "a change behind bpfbay's back shows a poll later; since Linux 6.17"),
    PROGRAM_ITERATOR(
            "iterator over programs",
            "polls cost more; expected attach types and attaches without an event are missed"),
    LINK_ITERATOR("iterator over links", "polls cost more; a link does not tell its network namespace"),
    MAP_ITERATOR("iterator over maps", "polls cost more"),
    TASK_FILE_ITERATOR("iterator over open files", "owners come from /proc, which is slower"),
    FREPLACE("freplace", "dispatchers (libxdp) cannot run; the lab has none"),
    FENTRY("fentry", "no program can be traced; the lab has none"),
    RUN_STATISTICS("run statistics", "no run counts, rates or times"),
    NETNS_COOKIE(
            "cookie of a network namespace",
            "a namespace is known by its inode alone, which is used again; since Linux 5.14"),
    EVENTS_OF_ALL_NAMESPACES("netlink events of all namespaces", "changes in other namespaces show a poll later"),
    PIN_EVENTS("inotify on bpffs", "new pins show a poll later"),
    KERNEL_SYMBOLS("addresses in /proc/kallsyms", "calls in a disassembly have numbers and no names");

    private final String label;
    private final String cost;

    Feature(String label, String cost) {
        this.label = label;
        this.cost = cost;
    }

    public String label() {
        return label;
    }

    /** What the user misses where it is missing, in one clause. */
    public String cost() {
        return cost;
    }
}

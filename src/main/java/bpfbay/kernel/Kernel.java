package bpfbay.kernel;

import bpfbay.model.BpfMap;
import bpfbay.model.CgroupView;
import bpfbay.model.Clue;
import bpfbay.model.Holding;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.MapContents;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.SlotView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The questions bpfbay asks of a running kernel. What fails as a whole comes as a {@link
 * KernelException}; what fails for one object is a problem in the answer, beside the rest. Answers are
 * incremental inside: what cannot change is asked once, and an unchanged answer is the same instance.
 */
public interface Kernel extends AutoCloseable {
    Host host();

    /** Every namespace that a process, /run/netns or an nsfs mount shows; the own one first. */
    Listing<NetNamespace> namespaces();

    /**
     * Every loaded program, by id. Where reference counts can be seen (the program iterator), a change of
     * one also gives a new instance: an attach or detach that no event tells shows itself there.
     */
    Listing<Program> programs();

    /** Every link of every type, by id. */
    Listing<Link> links();

    /** Every map, by id. */
    Listing<BpfMap> maps();

    /**
     * Devices, XDP, filters, tcx, netkit and namespace hooks of one namespace. Sections for which no
     * program of a fitting type is loaded may be left out.
     */
    NetworkView network(NetNamespace namespace, Set<Integer> programTypes);

    /** The unified hierarchy; only attach types that a loaded program's type fits are asked. */
    CgroupView cgroups(Set<Integer> programTypes);

    /** Pins of every bpffs mount that can be reached, each mount once. */
    Listing<Pin> pins();

    /**
     * Which programs stand in entries of these maps. A first look may leave it to the second, and too many
     * entries are not looked into.
     */
    SlotView slots(List<BpfMap> maps);

    /** Which process holds which object. */
    Listing<Holding> holdings();

    /** By which way holders are found, or why not all of them can be. */
    Reading<Relations.Scan> holderScan();

    /** Run counts of the named programs; one that is gone is left out. */
    Map<Integer, RunCounts> runCounts(Collection<Integer> progIds);

    /** Whether kernel.bpf_stats_enabled is on by sysctl. */
    boolean isCountingBySysctl();

    /** Lets the kernel count runs until the descriptor is closed or the process ends (since 5.8). */
    Fd enableCounting();

    /** Instructions, BTF and line information of one program. */
    ProgramDump dump(int progId);

    /** At most {@code limit} keys are walked and a few of them read; does not block writers of the map. */
    MapContents contents(int mapId, int limit);

    /** Objects that bpfbay itself has loaded. */
    Set<ObjectId> own();

    /**
     * What the kernel has told since the last call of those who changed something, in each source's order; it
     * listens to netlink from the first call on, where it may.
     */
    List<Clue> clues();

    /**
     * Lets the clues tell also of each caller of bpf(2), until this is closed. A program then runs at the end of
     * every system call of the host. Fails where the kernel or the privileges do not allow it.
     */
    void watchCallers();

    /**
     * How much the next answers need to tell. At a glance programs come without long names and builds, and
     * nothing is read ahead for questions that will not be asked. A kernel that has all at hand need not care.
     */
    default void depth(Depth depth) {}

    /** How deep a look goes. */
    enum Depth {
        GLANCE,
        WHOLE
    }

    /**
     * Sleeps until the kernel tells of a change (rtnetlink, inotify on bpffs) or the time is over. Returns
     * what may have changed; empty when the time passed. Interruption ends it early.
     */
    Set<Change> awaitChange(Duration atMost);

    /** What an event may have changed. */
    enum Change {
        NETWORK,
        PINS
    }

    @Override
    void close();
}

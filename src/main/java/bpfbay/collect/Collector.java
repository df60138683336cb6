package bpfbay.collect;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.CgroupView;
import bpfbay.model.Clue;
import bpfbay.model.Holding;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Relations;
import bpfbay.model.SlotView;
import bpfbay.model.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes snapshots. The first asks for everything; each later one asks for what may have changed and takes
 * over the rest. A question that fails as a whole becomes a problem, and its last answer, if any, does not
 * stand in for it. Not thread-safe: the calling thread is the one that calls the kernel.
 */
public final class Collector implements AutoCloseable {
    private static final Problem NOT_YET =
            new Problem("read", "host", 0, "long names, builds, pins and holders are still being read");

    private final Kernel kernel;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Counting counting;
    private final List<Problem> failures = new ArrayList<>();
    private long polls;

    /** A cgroup often goes just after its programs, and nothing tells of it. */
    private boolean cgroupsMoved;

    private Callers callers = Callers.UNWANTED;
    private Optional<Problem> callersRefused = Optional.empty();
    private Optional<Host> host = Optional.empty();
    private Optional<Observation> observation = Optional.empty();
    private Optional<Snapshot> snapshot = Optional.empty();

    public Collector(Kernel kernel, Clock clock, StatsMode stats) {
        this(kernel, clock, System::nanoTime, stats);
    }

    Collector(Kernel kernel, Clock clock, LongSupplier nanoTime, StatsMode stats) {
        this.kernel = kernel;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.counting = new Counting(kernel, stats);
    }

    public void stats(StatsMode mode) {
        counting.mode(mode);
    }

    /** A complete picture; {@code told} is what events since the last one may have changed. */
    public Snapshot collect(Set<Kernel.Change> told) {
        long started = nanoTime.getAsLong();
        Instant takenAt = clock.instant();
        failures.clear();
        watchCallersIfWanted();
        Host known = host.orElseGet(kernel::host);
        host = Optional.of(known);
        Observation seen = observe(told);
        Activity activity = counting.poll(seen.programs().items(), takenAt);
        Snapshot made = assemble(known, takenAt, seen, activity, started);
        observation = Optional.of(seen);
        snapshot = Optional.of(made);
        polls++;
        return made;
    }

    /**
     * What hangs where, for somebody who waits: it takes half the time of a first {@link #collect}, which
     * has to follow, as it comes without long names, builds, pins, holders and run counts and says so.
     * Only of use before the first {@link #collect}.
     */
    public Snapshot glance() {
        long started = nanoTime.getAsLong();
        Instant takenAt = clock.instant();
        failures.clear();
        Host known = kernel.host();
        host = Optional.of(known);
        kernel.depth(Kernel.Depth.GLANCE);
        try {
            Observation seen = glimpse();
            return assemble(known, takenAt, seen, counting.soon(), started);
        } finally {
            kernel.depth(Kernel.Depth.WHOLE);
        }
    }

    private Observation glimpse() {
        Listing<NetNamespace> namespaces = ask(kernel::namespaces);
        Listing<Program> programs = ask(kernel::programs);
        Listing<Link> links = ask(kernel::links);
        Listing<BpfMap> maps = ask(kernel::maps);
        CgroupView cgroups = askCgroups(types(programs));
        /* last: the kernel reads them beside the others */
        Map<Long, NetworkView> networks = networks(namespaces, types(programs));
        failures.add(NOT_YET);
        return new Observation(
                namespaces,
                programs,
                links,
                maps,
                networks,
                cgroups,
                Listing.of(List.of()),
                Listing.of(List.of()),
                SlotView.NOT_ASKED,
                Relations.NOT_YET,
                failures);
    }

    /** From the second look on clues tell of callers of bpf(2) too, or a problem tells why they cannot. */
    public void watchCallers() {
        callers = Callers.WANTED;
    }

    private void watchCallersIfWanted() {
        if (callers == Callers.WANTED && polls > 0) {
            callers = Callers.ASKED_FOR;
            try {
                kernel.watchCallers();
            } catch (KernelException refused) {
                callersRefused = Optional.of(refused.problem());
            }
        }
    }

    private enum Callers {
        UNWANTED,
        WANTED,
        ASKED_FOR
    }

    /** What the kernel has told since the last call of those who changed something. */
    public List<Clue> clues() {
        return kernel.clues();
    }

    private Observation observe(Set<Kernel.Change> told) {
        Optional<Observation> last = observation;
        /* first of all: the rest of a first look waits on what the namespaces' processes tell */
        Listing<NetNamespace> namespaces = ask(kernel::namespaces);
        Listing<Program> programs = ask(kernel::programs);
        var links = ask(kernel::links);
        var maps = ask(kernel::maps);
        boolean isSame = last.isPresent()
                && isInstance(last.get().programs(), programs)
                && isInstance(last.get().links(), links)
                && isInstance(last.get().maps(), maps)
                && isInstance(last.get().namespaces(), namespaces);
        Set<Cadence> due = Cadence.due(
                last.isPresent() ? polls : 0,
                told,
                isSame ? Cadence.Difference.NONE : Cadence.Difference.SOME,
                kernel.holderScan());
        Map<Long, NetworkView> networks = due.contains(Cadence.NETWORK)
                ? networks(namespaces, types(programs))
                : last.get().networks();
        CgroupView cgroups = due.contains(Cadence.CGROUPS) || cgroupsMoved
                ? askCgroups(types(programs))
                : last.get().cgroups();
        cgroupsMoved = last.isPresent() && !isInstance(last.get().cgroups(), cgroups);
        Listing<Pin> pins =
                due.contains(Cadence.PINS) ? ask(kernel::pins) : last.get().pins();
        Listing<Holding> holdings = due.contains(Cadence.HOLDINGS)
                ? ask(kernel::holdings)
                : last.get().holdings();
        SlotView slots = due.contains(Cadence.SLOTS) || wasLeftOut(last)
                ? askSlots(maps)
                : last.get().slots();
        return new Observation(
                namespaces,
                programs,
                links,
                maps,
                networks,
                cgroups,
                pins,
                holdings,
                slots,
                kernel.holderScan(),
                failures);
    }

    /** The kernel room tells by a new instance that something moved, even where the items are equal. */
    @SuppressWarnings("ReferenceEquality")
    private static <T> boolean isInstance(T before, T now) {
        return before == now;
    }

    private <T> Listing<T> ask(Supplier<Listing<T>> question) {
        try {
            return question.get();
        } catch (KernelException e) {
            failures.add(e.problem());
            return Listing.of(List.of());
        }
    }

    private CgroupView askCgroups(Set<Integer> types) {
        try {
            return kernel.cgroups(types);
        } catch (KernelException e) {
            failures.add(e.problem());
            return new CgroupView(List.of(), Map.of(), List.of());
        }
    }

    /** The first look leaves out what would take long. */
    private boolean wasLeftOut(Optional<Observation> last) {
        return polls == 1
                && last.filter(seen -> seen.slots().slots().found().isEmpty()).isPresent();
    }

    private SlotView askSlots(Listing<BpfMap> maps) {
        try {
            return kernel.slots(maps.items());
        } catch (KernelException e) {
            failures.add(e.problem());
            return SlotView.NOT_ASKED;
        }
    }

    private Map<Long, NetworkView> networks(Listing<NetNamespace> namespaces, Set<Integer> types) {
        Map<Long, NetworkView> views = new HashMap<>();
        for (NetNamespace namespace : namespaces.items()) {
            try {
                views.put(namespace.inode(), kernel.network(namespace, types));
            } catch (KernelException e) {
                if (!(e instanceof KernelException.Gone)) {
                    failures.add(e.problem());
                }
            }
        }
        return views;
    }

    private static Set<Integer> types(Listing<Program> programs) {
        Set<Integer> types = new HashSet<>();
        programs.items().forEach(program -> types.add(program.type().value()));
        return types;
    }

    private Snapshot assemble(Host known, Instant takenAt, Observation seen, Activity activity, long started) {
        boolean stillHolds = observation.filter(seen::equals).isPresent();
        Optional<Snapshot> base = snapshot.filter(last -> stillHolds);
        List<Attachment> attachments = snapshot.filter(
                        last -> observation.filter(seen::hasSameHooks).isPresent())
                .map(Snapshot::attachments)
                .orElseGet(() -> Assembler.assemble(seen));
        Relations relations = base.map(Snapshot::index).orElseGet(() -> RelationsBuilder.build(seen, attachments));
        return new Snapshot(
                known,
                takenAt,
                Duration.ofNanos(nanoTime.getAsLong() - started),
                seen.namespaces().items(),
                base.map(Snapshot::interfaces).orElseGet(() -> interfaces(seen)),
                attachments,
                seen.programs().items(),
                seen.links().items(),
                seen.maps().items(),
                seen.pins().items(),
                cgroups(seen.cgroups()),
                relations,
                activity,
                kernel.own(),
                problems(seen));
    }

    private List<Long> cgroups(CgroupView now) {
        if (snapshot.isPresent()
                && observation.isPresent()
                && isInstance(observation.get().cgroups(), now)) {
            return snapshot.get().cgroups();
        }
        List<Long> ids = new ArrayList<>(now.paths().keySet());
        ids.sort(null);
        return ids;
    }

    private List<Problem> problems(Observation seen) {
        List<Problem> problems = new ArrayList<>(seen.problems());
        counting.problem().ifPresent(problems::add);
        callersRefused.ifPresent(problems::add);
        return problems;
    }

    private static List<NetInterface> interfaces(Observation seen) {
        List<NetInterface> all = new ArrayList<>();
        for (NetNamespace namespace : seen.namespaces().items()) {
            NetworkView view = seen.networks().get(namespace.inode());
            if (view != null) {
                all.addAll(view.interfaces());
            }
        }
        return all;
    }

    @Override
    public void close() {
        counting.close();
    }
}

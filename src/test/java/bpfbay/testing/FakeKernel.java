package bpfbay.testing;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;
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
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.SlotView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A kernel that answers what a test has put into it, and counts what it was asked. */
public final class FakeKernel implements Kernel {
    public static final String BOOT = "7c1e0d2a-0000-4000-8000-000000000001";

    public final Map<Integer, MapContents> contents = new HashMap<>();
    public Listing<NetNamespace> namespaces = Listing.of(List.of());
    public Listing<Program> programs = Listing.of(List.of());
    public Listing<Link> links = Listing.of(List.of());
    public Listing<BpfMap> maps = Listing.of(List.of());
    public CgroupView cgroups = new CgroupView(List.of(), Map.of(), List.of());
    public Listing<Pin> pins = Listing.of(List.of());
    public Listing<Holding> holdings = Listing.of(List.of());
    public SlotView slots = new SlotView(Reading.of(Map.of()), List.of());
    public Reading<Relations.Scan> scan = Reading.of(Relations.Scan.PROC_FDINFO);
    public Map<Integer, RunCounts> counts = Map.of();
    public Optional<Problem> countingRefused = Optional.empty();
    public Optional<KernelException> hostFails = Optional.empty();
    public int countingFds;
    public boolean isCountingBySysctl;
    public final Map<Long, NetworkView> networks = new HashMap<>();
    public final List<Clue> clues = new CopyOnWriteArrayList<>();
    public final List<String> asked = new ArrayList<>();
    public final LinkedBlockingQueue<Set<Change>> changes = new LinkedBlockingQueue<>();

    @Override
    public Host host() {
        hostFails.ifPresent(e -> {
            throw e;
        });
        return new Host("edge-07", "6.18.44", "1.1", BOOT);
    }

    @Override
    public Listing<NetNamespace> namespaces() {
        return namespaces;
    }

    @Override
    public Listing<Program> programs() {
        asked.add("programs");
        return programs;
    }

    @Override
    public Listing<Link> links() {
        return links;
    }

    @Override
    public Listing<BpfMap> maps() {
        return maps;
    }

    @Override
    public NetworkView network(NetNamespace namespace, Set<Integer> programTypes) {
        asked.add("network " + namespace.label());
        NetworkView view = networks.get(namespace.inode());
        if (view == null) {
            throw new KernelException.Gone(new Problem("setns", namespace.path(), 2, "it has ended"));
        }
        return view;
    }

    @Override
    public CgroupView cgroups(Set<Integer> programTypes) {
        asked.add("cgroups");
        return cgroups;
    }

    @Override
    public Listing<Pin> pins() {
        asked.add("pins");
        return pins;
    }

    @Override
    public SlotView slots(List<BpfMap> of) {
        asked.add("slots");
        return slots;
    }

    @Override
    public Listing<Holding> holdings() {
        asked.add("holdings");
        return holdings;
    }

    @Override
    public Reading<Relations.Scan> holderScan() {
        return scan;
    }

    @Override
    public Map<Integer, RunCounts> runCounts(Collection<Integer> progIds) {
        asked.add("counts");
        return counts;
    }

    @Override
    public boolean isCountingBySysctl() {
        return isCountingBySysctl;
    }

    @Override
    public Fd enableCounting() {
        countingRefused.ifPresent(problem -> {
            throw new KernelException.Denied(problem);
        });
        countingFds++;
        return new Fd() {
            private boolean open = true;

            @Override
            public int number() {
                return 99;
            }

            @Override
            public void close() {
                if (open) {
                    open = false;
                    countingFds--;
                }
            }
        };
    }

    @Override
    public ProgramDump dump(int progId) {
        return new ProgramDump(
                progId,
                Reading.of(Bytes.EMPTY),
                Bytes.EMPTY,
                Bytes.EMPTY,
                8,
                Bytes.EMPTY,
                16,
                List.of(),
                OptionalLong.empty(),
                List.of(),
                Map.of());
    }

    @Override
    public MapContents contents(int mapId, int limit) {
        return contents.getOrDefault(
                mapId, new MapContents(mapId, 0, MapContents.Coverage.ALL, List.of(), Bytes.EMPTY));
    }

    @Override
    public Set<ObjectId> own() {
        return Set.of();
    }

    @Override
    public List<Clue> clues() {
        List<Clue> told = List.copyOf(clues);
        clues.clear();
        return told;
    }

    @Override
    public void watchCallers() {
        asked.add("callers");
    }

    @Override
    public Set<Change> awaitChange(Duration atMost) {
        try {
            Set<Change> told = changes.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return told == null ? Set.of() : told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    @Override
    public void close() {}
}

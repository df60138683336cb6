package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.kernel.Loading;
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
import bpfbay.model.ProgType;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The running kernel, asked through libbpf and the shim. */
public final class LibbpfKernel implements Kernel {
    private final NetworkSource network = new NetworkSource();
    private final CgroupSource cgroups = new CgroupSource();
    private final ChangeSource changes = new ChangeSource();
    private final Walks walks;
    private final HostFacts host = new HostFacts();
    private final ProgramSource programs;
    private final LinkSource links;
    private final MapSource maps;
    private final ProcessNamespaces processes = new ProcessNamespaces();
    private final MountTables mountTables = new MountTables();
    private final NamespaceSource namespaces = new NamespaceSource(processes, mountTables);
    private final PinSource pins = new PinSource(processes, mountTables, changes::watch);
    private final HoldingSource holders = new HoldingSource();
    private final SenderSource senders = new SenderSource();
    private Optional<CallSource> calls = Optional.empty();
    private List<NetNamespace> lastNamespaces = List.of();
    private Map<Long, Supplier<NetworkView>> glanced = Map.of();
    private final SlotSource slots = new SlotSource();
    private final Ahead<Listing<Pin>> readPins = new Ahead<>(pins::read);
    private final Ahead<Integer> readHoldings;
    private final Ahead<Map<Long, Supplier<NetworkView>>> readNetworks = new Ahead<>(this::glancedNetworks);
    private boolean isFirstLook = true;
    private Depth depth = Depth.WHOLE;
    private final RunCountSource runCounts = new RunCountSource();
    private final BtfBlobs btf = new BtfBlobs();
    private final ProgramDumpSource dumps = new ProgramDumpSource(btf);
    private final MapReader contents = new MapReader(btf);

    private LibbpfKernel(Loading loading) {
        walks = new Walks(loading);
        readHoldings = new Ahead<>(walks::beginHoldings);
        ObjectInfos infos = new ObjectInfos();
        maps = new MapSource(infos);
        programs = new ProgramSource(infos, new BootClock(), new Builds(maps, btf));
        links = new LinkSource(infos, new TracingTargets(infos, btf));
    }

    /** Fails with KernelException.Unsupported where libbpf or the shim is missing. */
    public static LibbpfKernel open(Loading loading) {
        NativeCode.require();
        return new LibbpfKernel(loading);
    }

    @Override
    public Host host() {
        return host.read();
    }

    @Override
    public void depth(Depth wanted) {
        depth = wanted;
        glanced = Map.of();
    }

    @Override
    public Listing<NetNamespace> namespaces() {
        Listing<NetNamespace> all = namespaces.read();
        network.retain(all.items());
        lastNamespaces = all.items();
        if (isFirstLook && depth == Depth.WHOLE) {
            isFirstLook = false;
            readPins.begin();
            if (walks.areFresh()) {
                readHoldings.begin();
            }
        }
        if (depth == Depth.GLANCE) {
            readNetworks.begin();
        }
        return all;
    }

    /** By inode; each tells what it has found, or why it could not. */
    private Map<Long, Supplier<NetworkView>> glancedNetworks() {
        Map<Long, Supplier<NetworkView>> views = new HashMap<>();
        for (NetNamespace namespace : lastNamespaces) {
            try {
                NetworkView view = network.network(namespace, NetworkSource.PROGRAM_TYPES);
                views.put(namespace.inode(), () -> view);
            } catch (KernelException refused) {
                views.put(namespace.inode(), () -> {
                    throw refused;
                });
            }
        }
        return views;
    }

    @Override
    public Listing<Program> programs() {
        walks.next();
        return switch (depth) {
            case GLANCE -> programs.glance();
            case WHOLE -> programs.read(walks.objects());
        };
    }

    @Override
    public Listing<Link> links() {
        return switch (depth) {
            case GLANCE -> links.glance();
            case WHOLE -> links.read(walks.objects());
        };
    }

    @Override
    public Listing<BpfMap> maps() {
        return switch (depth) {
            case GLANCE -> maps.glance();
            case WHOLE -> maps.read(walks.objects());
        };
    }

    @Override
    public NetworkView network(NetNamespace namespace, Set<Integer> programTypes) {
        readNetworks.take().ifPresent(read -> glanced = read);
        Supplier<NetworkView> read = glanced.get(namespace.inode());
        boolean isAsked = depth == Depth.GLANCE && programTypes.contains(ProgType.SCHED_CLS.value());
        return isAsked && read != null ? read.get() : network.network(namespace, programTypes);
    }

    @Override
    public CgroupView cgroups(Set<Integer> programTypes) {
        return cgroups.cgroups(programTypes);
    }

    @Override
    public Listing<Pin> pins() {
        return readPins.get();
    }

    @Override
    public SlotView slots(List<BpfMap> maps) {
        return slots.read(maps);
    }

    @Override
    public Listing<Holding> holdings() {
        readPins.await();
        readHoldings.take();
        return holders.read(walks.holdings());
    }

    @Override
    public Reading<Relations.Scan> holderScan() {
        return holders.scan();
    }

    @Override
    public Map<Integer, RunCounts> runCounts(Collection<Integer> progIds) {
        return runCounts.read(progIds);
    }

    @Override
    public boolean isCountingBySysctl() {
        return runCounts.isOnBySysctl();
    }

    @Override
    public Fd enableCounting() {
        return RunCountSource.enable();
    }

    @Override
    public ProgramDump dump(int progId) {
        return dumps.read(progId);
    }

    @Override
    public MapContents contents(int mapId, int limit) {
        return contents.read(mapId, limit);
    }

    @Override
    public Set<ObjectId> own() {
        Set<ObjectId> walking = walks.own();
        if (calls.isEmpty()) {
            return walking;
        }
        Set<ObjectId> all = new HashSet<>(walking);
        all.addAll(calls.get().own());
        return all;
    }

    @Override
    public List<Clue> clues() {
        List<Clue> netlink = senders.take(lastNamespaces);
        if (calls.isEmpty()) {
            return netlink;
        }
        List<Clue> all = new ArrayList<>(netlink);
        all.addAll(calls.get().take());
        return all;
    }

    @Override
    public void watchCallers() {
        if (calls.isEmpty()) {
            calls = Optional.of(new CallSource());
        }
    }

    @Override
    public Set<Change> awaitChange(Duration atMost) {
        return changes.await(atMost);
    }

    @Override
    public void close() {
        readPins.await();
        readHoldings.await();
        readNetworks.await();
        senders.close();
        calls.ifPresent(CallSource::close);
        changes.close();
        walks.close();
    }
}

package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.libbpf.LibbpfCgroupFolders;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Places of every kind, each on a device or cgroup of its own, and an engine whose state is in a folder here. */
final class EngineGround implements AutoCloseable {
    static final Path PINS = Path.of("/sys/fs/bpf");
    /* a pid comes round again, and a run that was killed leaves its cgroups */
    private static final String RUN = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());

    private static final int POLL_NS = 500_000;
    private static final int INGRESS = 0;
    private static final int NETKIT_PRIMARY = 54;
    private static final int NETKIT_PEER = 55;
    private static final int ALLOW_MULTI = 2;

    final Path folder = folder();
    final RealEngine real = new RealEngine(folder, journal -> journal);
    final SwapEngine engine = real.engine;
    private final Swapper swapper = LibbpfSwapper.open();
    private final List<Integer> open = new ArrayList<>();
    private final Map<Kind, Integer> olds = new HashMap<>();
    private final Map<Kind, Integer> links = new HashMap<>();
    private final List<Path> cgroups = new ArrayList<>();

    /** How the old program is put there. */
    enum Kind {
        XDP_LINK(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "e1"),
        XDP_NETLINK(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "e2"),
        TCX_LINK(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "e3"),
        TCX_PROGRAM(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "e4"),
        NETKIT_LINK(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "e5"),
        NETKIT_PROGRAM(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "e6"),
        CGROUP_LINK(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, 1, "e7"),
        CGROUP_PROGRAM(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, 1, "e8"),
        FILTER(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "e9");

        private final int type;
        private final int expected;
        private final String device;

        Kind(int type, int expected, String device) {
            this.type = type;
            this.expected = expected;
            this.device = device;
        }

        boolean isLink() {
            return this == XDP_LINK || this == TCX_LINK || this == NETKIT_LINK || this == CGROUP_LINK;
        }

        boolean isCgroup() {
            return this == CGROUP_LINK || this == CGROUP_PROGRAM;
        }

        boolean isNetkit() {
            return this == NETKIT_LINK || this == NETKIT_PROGRAM;
        }

        String device() {
            return device;
        }
    }

    /** A place with the old program on it; the next one is loaded. Ids both. */
    record Staged(Kind kind, int old, int next) {
        String pair() {
            return Integer.toUnsignedString(old) + ":" + Integer.toUnsignedString(next);
        }
    }

    /** Those that this kernel has. */
    static List<Kind> kinds() {
        boolean hasNetkit = Tool.attempt("unshare", "-n", "ip", "link", "add", "name", "probe", "type", "netkit")
                        .status()
                == 0;
        return Stream.of(Kind.values())
                .filter(kind -> hasNetkit || !kind.isNetkit())
                .toList();
    }

    /** In an emulated machine those that only its kernel has, or that carry less there. */
    static Stream<Kind> kindsToBreak() {
        return Repeats.of(kinds(), List.of(Kind.NETKIT_LINK, Kind.NETKIT_PROGRAM, Kind.CGROUP_PROGRAM));
    }

    List<Staged> everyKind() {
        return kinds().stream().map(this::staged).toList();
    }

    Staged staged(Kind kind) {
        int old = loaded(kind, "old");
        olds.put(kind, old);
        if (kind.isCgroup()) {
            inCgroup(kind, old);
        } else {
            onDevice(kind, old);
        }
        return new Staged(kind, RawBpf.id(old), RawBpf.id(loaded(kind, "next")));
    }

    /** A program that fits the kind, pinned under a name of the kind; its descriptor is closed in the end. */
    int loaded(Kind kind, String name) {
        int fd = RawBpf.loadProgram(kind.type, kind.expected, name, kind.type == RawBpf.BPF_PROG_TYPE_XDP ? 2 : 1);
        RawBpf.pin(fd, pin(kind, name).toString());
        open.add(fd);
        return fd;
    }

    static Path pin(Kind kind, String name) {
        return PINS.resolve(kind.name() + "_" + name);
    }

    private void onDevice(Kind kind, int fd) {
        String device = kind.device();
        if (kind.isNetkit()) {
            Tool.run("ip", "link", "add", "name", device, "type", "netkit");
        } else {
            // they stay down, so that no packet runs a program
            Tool.run("ip", "link", "add", device, "type", "veth", "peer", "name", device + "peer");
        }
        int ifindex = ifindex(device);
        String pin = pin(kind, "old").toString();
        switch (kind) {
            case XDP_LINK -> link(kind, fd, ifindex, RawBpf.BPF_XDP);
            case XDP_NETLINK -> Tool.run("ip", "link", "set", device, "xdpgeneric", "pinned", pin);
            case TCX_LINK -> link(kind, fd, ifindex, RawBpf.BPF_TCX_INGRESS);
            case TCX_PROGRAM -> RawBpf.attach(fd, ifindex, RawBpf.BPF_TCX_INGRESS, 0);
            case NETKIT_LINK -> link(kind, fd, ifindex, NETKIT_PRIMARY);
            case NETKIT_PROGRAM -> RawBpf.attach(fd, ifindex, NETKIT_PEER, 0);
            default -> {
                Tool.run("tc", "qdisc", "add", "dev", device, "clsact");
                Tool.run(("tc filter add dev " + device + " ingress prio 7 handle 3 bpf da pinned " + pin).split(" "));
            }
        }
    }

    static int ifindex(String device) {
        return Integer.parseInt(Tool.run("ip", "-o", "link", "show", device).split(":", 2)[0]);
    }

    private void inCgroup(Kind kind, int fd) {
        Path path = cgroup(kind);
        makeFolder(path);
        cgroups.add(path);
        int cgroup = RawBpf.openDirectory(path.toString());
        if (kind == Kind.CGROUP_LINK) {
            link(kind, fd, cgroup, INGRESS);
        } else {
            RawBpf.attach(fd, cgroup, INGRESS, ALLOW_MULTI);
        }
        RawBpf.closeAll(cgroup);
    }

    static Path cgroup(Kind kind) {
        return Path.of(
                new LibbpfCgroupFolders().folder("/").orElse("/sys/fs/cgroup"), "bpfbay-engine-" + RUN + kind.device());
    }

    private void link(Kind kind, int fd, int target, int attachType) {
        links.put(kind, RawBpf.createLink(fd, target, attachType));
    }

    void pinLink(Kind kind, Path pin) {
        RawBpf.pin(links.getOrDefault(kind, 0), pin.toString());
    }

    /** The link's owner ends. */
    void letGoOfLink(Kind kind) {
        RawBpf.closeAll(links.remove(kind).intValue());
    }

    /** Whoever has loaded the old program ends. */
    void letGoOfOld(Staged staged) {
        delete(pin(staged.kind(), "old"));
        Integer fd = olds.remove(staged.kind());
        open.remove(fd);
        RawBpf.closeAll(fd);
    }

    /** The device or cgroup goes. */
    void vanish(Kind kind) {
        if (kind.isCgroup()) {
            delete(cgroup(kind));
            cgroups.remove(cgroup(kind));
            if (kind == Kind.CGROUP_LINK) {
                // the kernel takes a cgroup's links off it in its own time
                int link = RawBpf.id(links.getOrDefault(kind, 0));
                await(() -> isGone(new SwapPlace.OfLink(Primitive.CGROUP_LINK, link)));
            }
        } else {
            Tool.run("ip", "link", "del", kind.device());
        }
    }

    private boolean isGone(SwapPlace place) {
        try {
            return swapper.standing(place, 0).progId().isEmpty();
        } catch (KernelException.Gone gone) {
            return true;
        }
    }

    /** Somebody else puts another program where {@code from} stands. Returns its id. */
    int overtaken(Staged staged, SwapPlace place, int from) {
        int stranger = loaded(staged.kind(), "stranger");
        try (Fd expected = swapper.program(from);
                Fd other = swapper.program(RawBpf.id(stranger))) {
            swapper.replace(place, expected, other, OptionalLong.empty());
        }
        return RawBpf.id(stranger);
    }

    SwapPlace place(SwapRecord swap) {
        return swap.members().get(0).anchor().orElseThrow().place();
    }

    SwapRecord newest() {
        return engine.swaps().get(0);
    }

    void assertStands(int progId) {
        RealEngine.of(real.look(), progId);
    }

    /** The guard process of the swap has ended by itself. */
    void awaitEnd(SwapRecord swap) {
        Path control = real.folders.controls().resolve(swap.id());
        await(() -> !Files.exists(control));
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Nobody sees it coming. */
    static void kill(int pid) {
        Tool.run("kill", "-KILL", Integer.toString(pid));
        await(() -> !isAlive(pid));
    }

    static boolean isAlive(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    /** After a recovery. */
    void assertNothingLeft() {
        engine.recover();
        for (Path kept : List.of(PINS.resolve("bpfbay"), real.folders.controls(), real.folders.locks())) {
            assertEquals(List.of(), entries(kept));
        }
    }

    static List<Path> entries(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("bpfbay-engine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open.forEach(fd -> RawBpf.closeAll(fd));
        links.values().forEach(fd -> RawBpf.closeAll(fd));
        real.close();
        cgroups.forEach(EngineGround::delete);
        Tool.run("rm", "-rf", folder.toString());
    }
}

package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Member;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Devices with old programs, new ones for their places, and a folder for what a guard leaves. */
final class GuardGround implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(5);
    static final Duration SHORT = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NETNS = "/proc/thread-self/ns/net";
    private static final int EGRESS = AttachType.CGROUP_INET_EGRESS.value();

    final Loader loader = LibbpfLoader.open();
    final LibbpfSwapper swapper;
    final Guardians guardians = LibbpfGuardians.open();
    final Path folder;
    private final Attacher attacher = loader.attacher(Path.of(NETNS));
    private final List<Fd> held = new ArrayList<>();
    private Optional<Path> cgroup = Optional.empty();
    private int devices;

    GuardGround(LibbpfSwapper swapper) {
        this.swapper = swapper;
        try {
            folder = Files.createTempDirectory("guard");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** A place, its old program, and the one that is to come there. */
    record Ready(Member member, Fd from, Fd to) {}

    Ready ready(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK -> linked(primitive, attacher.xdpLink(xdp("old"), device(), XdpMode.NATIVE), xdp("new"));
            case XDP_NETLINK -> {
                Device device = device();
                attacher.xdp(xdp("old"), device, XdpMode.NATIVE);
                yield at(new SwapPlace.Xdp(namespace(), device.ifindex(), XdpMode.NATIVE), xdp("new"));
            }
            case TCX_LINK -> linked(primitive, attacher.tcxLink(tc("old"), device(), Direction.INGRESS), tc("new"));
            case TCX_PROGRAM -> {
                Device device = device();
                attacher.tcx(tc("old"), device, Direction.INGRESS);
                yield at(
                        new SwapPlace.Chain(primitive, namespace(), device.ifindex(), AttachType.TCX_INGRESS),
                        tc("new"));
            }
            case CGROUP_LINK ->
                linked(primitive, attacher.cgroupLink(skb("old"), cgroup(), AttachType.CGROUP_INET_EGRESS), skb("new"));
            case CGROUP_PROGRAM -> {
                attacher.cgroup(skb("old"), cgroup(), AttachType.CGROUP_INET_EGRESS);
                yield at(
                        new SwapPlace.Cgroup(cgroup().toString(), inode(cgroup()), AttachType.CGROUP_INET_EGRESS),
                        skb("new"));
            }
            case NETKIT_LINK ->
                linked(primitive, attacher.netkitLink(tc("old"), netkit(), AttachType.NETKIT_PRIMARY), tc("new"));
            case NETKIT_PROGRAM -> {
                Device device = netkit();
                RawBpf.attach(tc("old").number(), device.ifindex(), AttachType.NETKIT_PRIMARY.value(), 0);
                yield at(
                        new SwapPlace.Chain(primitive, namespace(), device.ifindex(), AttachType.NETKIT_PRIMARY),
                        tc("new"));
            }
            case FILTER -> filter();
        };
    }

    private Ready filter() {
        Device device = device();
        attacher.clsact(device);
        attacher.filter(tc("old"), new Attacher.Filter(device, TcParent.INGRESS, 0, 1, 3, 0x1, "old"));
        return at(
                new SwapPlace.Filter(
                        namespace(), device.ifindex(), OptionalInt.empty(), TcParent.INGRESS, 0, 1, 3, 0x1),
                tc("new"));
    }

    private Ready linked(Primitive primitive, Fd link, Fd to) {
        held.add(link);
        return at(new SwapPlace.OfLink(primitive, loader.linkId(link).id()), to);
    }

    /* the old program is the last but one that was loaded, before the new one */
    private Ready at(SwapPlace place, Fd to) {
        Fd from = held.stream()
                .filter(fd -> fd != to && isProgram(fd))
                .reduce((first, last) -> last)
                .orElseThrow();
        return new Ready(new Member("place" + devices, place, id(from), id(to)), from, to);
    }

    private static boolean isProgram(Fd fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(fd.number())))
                    .toString()
                    .contains("bpf-prog");
        } catch (IOException closed) {
            return false;
        }
    }

    /** A program of one's own on a device by netlink, and what is to come there. */
    Ready ready(Fd from, Fd to) {
        Device device = device();
        attacher.xdp(from, device, XdpMode.NATIVE);
        return new Ready(
                new Member(
                        "place" + devices,
                        new SwapPlace.Xdp(namespace(), device.ifindex(), XdpMode.NATIVE),
                        id(from),
                        id(to)),
                from,
                to);
    }

    /** A place on a veth, by a link whose only descriptor is ours. */
    Ready ready() {
        return ready(Primitive.XDP_LINK);
    }

    Device device() {
        String name = "v" + devices++;
        Tool.run("ip", "link", "add", name, "type", "veth", "peer", "name", "p" + name);
        return attacher.device(name);
    }

    private Device netkit() {
        String name = "kit" + devices++;
        Tool.run("ip", "link", "add", "name", name, "type", "netkit");
        return attacher.device(name);
    }

    Fd xdp(String name, int... maps) {
        return hold(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, 0, name, 2, maps));
    }

    Fd tc(String name) {
        return hold(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, name, 0));
    }

    Fd skb(String name) {
        return hold(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, EGRESS, name, 1));
    }

    Fd hold(int number) {
        Fd fd = new OpenFd(number);
        held.add(fd);
        return fd;
    }

    /** Of the links and programs that this process holds, as at the end of an agent. */
    void letGo() {
        held.forEach(Fd::close);
        held.clear();
    }

    private Path cgroup() {
        if (cgroup.isEmpty()) {
            try {
                CgroupMount mount = CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                        .get(0);
                cgroup = Optional.of(Files.createDirectory(Path.of(
                        mount.point(),
                        "bpfbay-guarded-" + ProcessHandle.current().pid())));
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
        return cgroup.get();
    }

    static SwapPlace.Namespace namespace() {
        return new SwapPlace.Namespace(NETNS, inode(Path.of(NETNS)));
    }

    private static long inode(Path path) {
        try {
            return (Long) Files.getAttribute(path, "unix:ino");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static int id(Fd fd) {
        return RawBpf.id(fd.number());
    }

    Path control() {
        return folder.resolve("control");
    }

    Path journal() {
        return folder.resolve("journal.jsonl");
    }

    Orders orders(Ready... places) {
        return new Orders(
                "20261121-114517-3f",
                control(),
                List.of(journal()),
                List.of(places).stream().map(Ready::member).toList(),
                List.of(),
                Optional.empty());
    }

    /** As bpfbay would: armed, swapped, committed. */
    Guardian swapped(Orders orders, Duration within, Ready... places) {
        Guardian guard = guardians.start(orders);
        guard.arm(within);
        for (Ready place : places) {
            swap(place);
        }
        guard.committed();
        return guard;
    }

    Guardian swapped(Duration within, Ready... places) {
        return swapped(orders(places), within, places);
    }

    void swap(Ready place) {
        swapper.replace(place.member().place(), place.from(), place.to(), OptionalLong.empty());
    }

    /** Which of the two stands there, or neither. */
    String standing(Ready place) {
        if (stands(place, place.member().to())) {
            return "new";
        }
        return stands(place, place.member().from()) ? "old" : "neither";
    }

    private boolean stands(Ready place, int progId) {
        return swapper.standing(place.member().place(), progId).progId().equals(OptionalInt.of(progId));
    }

    /** The events, a line each, of the journal. */
    static List<String> events(Path journal) {
        return lines(journal).stream()
                .map(line -> line.get("event").getAsString())
                .toList();
    }

    static List<JsonObject> lines(Path journal) {
        try {
            return Files.exists(journal)
                    ? Files.readAllLines(journal).stream()
                            .map(line -> JsonParser.parseString(line).getAsJsonObject())
                            .toList()
                    : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static void await(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    static void awaitEnd(int pid) {
        await("the guard ends", () -> !isAlive(pid));
    }

    static boolean isAlive(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    void assertNoTraceOf(int pid) {
        awaitEnd(pid);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        letGo();
        attacher.close();
        cgroup.ifPresent(path -> Tool.run("rmdir", path.toString()));
        Tool.run("rm", "-rf", folder.toString());
    }
}

package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bpfbay.kernel.libbpf.LibbpfCgroupFolders;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole engine on the running kernel, with guard processes, locks and a journal on disk. */
@InNetns
class EngineKernelTest {
    private static final Path CGROUP = Path.of(
            new LibbpfCgroupFolders().folder("/").orElse("/sys/fs/cgroup"),
            "bpfbay-engine-" + ProcessHandle.current().pid());
    private static final Path PINS = Path.of("/sys/fs/bpf");

    private final List<Integer> open = new ArrayList<>();
    private Path folder;
    private RealEngine real;
    private SwapEngine engine;

    /** How the old program is put there. */
    enum Kind {
        XDP_LINK(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP),
        XDP_NETLINK(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP),
        TCX_LINK(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0),
        TCX_PROGRAM(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0),
        CGROUP_LINK(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, 1),
        CGROUP_PROGRAM(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, 1),
        FILTER(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0);

        private final int type;
        private final int expected;

        Kind(int type, int expected) {
            this.type = type;
            this.expected = expected;
        }
    }

    @BeforeEach
    void set() throws IOException {
        Tool.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        Tool.run("ip", "link", "set", "v0", "up");
        Tool.run("ip", "link", "set", "v1", "up");
        Files.createDirectory(CGROUP);
        folder = Files.createTempDirectory("bpfbay-engine");
        real = new RealEngine(folder, journal -> journal);
        engine = real.engine;
    }

    @AfterEach
    void clear() throws IOException {
        RawBpf.closeAll(open.stream().mapToInt(Integer::intValue).toArray());
        real.close();
        Files.delete(CGROUP);
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private int loaded(Kind kind, String name) {
        int fd = RawBpf.loadProgram(kind.type, kind.expected, name, kind == Kind.XDP_LINK ? 2 : 1);
        RawBpf.pin(fd, PINS.resolve(name).toString());
        open.add(fd);
        return fd;
    }

    private int attached(Kind kind) throws IOException {
        int fd = loaded(kind, "eng_old");
        int ifindex =
                Integer.parseInt(Tool.run("ip", "-o", "link", "show", "v0").split(":", 2)[0]);
        switch (kind) {
            case XDP_LINK -> open.add(RawBpf.createLink(fd, ifindex, RawBpf.BPF_XDP));
            case XDP_NETLINK -> Tool.run("ip", "link", "set", "v0", "xdpgeneric", "pinned", PINS + "/eng_old");
            case TCX_LINK -> open.add(RawBpf.createLink(fd, ifindex, RawBpf.BPF_TCX_INGRESS));
            case TCX_PROGRAM -> RawBpf.attach(fd, ifindex, RawBpf.BPF_TCX_INGRESS, 0);
            case CGROUP_LINK -> inCgroup(cgroup -> open.add(RawBpf.createLink(fd, cgroup, 1)));
            case CGROUP_PROGRAM -> inCgroup(cgroup -> RawBpf.attach(fd, cgroup, 1, 2));
            case FILTER -> {
                Tool.run("tc", "qdisc", "add", "dev", "v0", "clsact");
                Tool.run(
                        "tc",
                        "filter",
                        "add",
                        "dev",
                        "v0",
                        "ingress",
                        "prio",
                        "7",
                        "handle",
                        "3",
                        "bpf",
                        "da",
                        "pinned",
                        PINS + "/eng_old");
            }
        }
        return RawBpf.id(fd);
    }

    private interface Use {
        void of(int cgroup);
    }

    private static void inCgroup(Use use) {
        int cgroup = RawBpf.openDirectory(CGROUP.toString());
        use.of(cgroup);
        RawBpf.closeAll(cgroup);
    }

    private void assertNothingLeft() throws IOException {
        engine.recover();
        for (Path kept : List.of(PINS.resolve("bpfbay"), real.folders.controls(), real.folders.locks())) {
            if (Files.exists(kept)) {
                try (Stream<Path> all = Files.list(kept)) {
                    assertEquals(List.of(), all.toList());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void it_is_pending_confirmed_and_undone(Kind kind) throws IOException {
        int old = attached(kind);
        int next = RawBpf.id(loaded(kind, "eng_next"));
        try (PreparedSwap prepared = real.plan(old, next, new ConfirmWindow.Within(Duration.ofSeconds(60)))) {
            assertEquals(
                    List.of(),
                    prepared.plan().guards().stream()
                            .filter(GuardResult::isFailed)
                            .toList());
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared), prepared.plan()::toString);
        }
        RealEngine.of(real.look(), next);
        assertEquals(SwapRecord.Standing.PENDING, engine.swaps().get(0).standing());
        SwapOutcome confirmed = engine.confirm("last");
        assertInstanceOf(SwapOutcome.Confirmed.class, confirmed, confirmed::toString);
        assertEquals(SwapRecord.Standing.CONFIRMED, engine.swaps().get(0).standing());
        SwapOutcome reverted = engine.revert("last");
        assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
        RealEngine.of(real.look(), old);
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nobody_confirms_and_the_old_program_is_back(Kind kind) throws IOException {
        int old = attached(kind);
        int next = RawBpf.id(loaded(kind, "eng_next"));
        try (PreparedSwap prepared = real.plan(old, next, new ConfirmWindow.Within(Duration.ofSeconds(1)))) {
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        Path control = real.folders.controls().resolve(engine.swaps().get(0).id());
        while (Files.exists(control)) {
            Thread.onSpinWait();
        }
        RealEngine.of(real.look(), old);
        assertEquals(SwapRecord.Standing.REVERTED, engine.swaps().get(0).standing());
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_old_program_lives_only_by_the_way_back_and_is_undone_to(Kind kind) throws IOException {
        int old = attached(kind);
        int next = RawBpf.id(loaded(kind, "eng_next"));
        Files.delete(PINS.resolve("eng_old"));
        RawBpf.closeAll(open.remove(0));
        try (PreparedSwap prepared = real.plan(old, next, new ConfirmWindow.None())) {
            SwapOutcome outcome = real.commit(prepared);
            assertInstanceOf(SwapOutcome.Swapped.class, outcome, outcome::toString);
        }
        SwapOutcome reverted = engine.revert("last");
        assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
        RealEngine.of(real.look(), old);
        assertNothingLeft();
    }

    static Stream<Arguments> deaths() {
        return Stream.of(Kind.XDP_LINK, Kind.FILTER, Kind.CGROUP_PROGRAM)
                .flatMap(kind -> IntStream.range(0, DyingSwap.STEPS).mapToObj(step -> Arguments.of(kind, step)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void killed_at_a_step_it_is_recovered_to_the_old_program_or_finished(Kind kind, int step) throws Exception {
        int old = attached(kind);
        int next = RawBpf.id(loaded(kind, "eng_next"));
        assertEquals(9, killed(old, next, 0, step));
        List<Recovery> found = engine.recover();
        boolean isFinished = step == DyingSwap.STEPS - 1;
        RealEngine.of(real.look(), isFinished ? next : old);
        if (isFinished) {
            assertEquals(SwapRecord.Standing.SWAPPED, engine.swaps().get(0).standing());
            engine.revert("last");
        } else {
            assertEquals(1, found.size(), found::toString);
        }
        assertNothingLeft();
    }

    @Test
    void killed_within_the_window_the_guard_process_puts_the_old_program_back() throws Exception {
        int old = attached(Kind.XDP_LINK);
        int next = RawBpf.id(loaded(Kind.XDP_LINK, "eng_next"));
        assertEquals(9, killed(old, next, 2, 3));
        assertEquals(
                List.of(Recovery.State.UNDER_WAY),
                engine.recover().stream().map(Recovery::state).toList());
        Path control = real.folders.controls().resolve(engine.swaps().get(0).id());
        while (Files.exists(control)) {
            Thread.onSpinWait();
        }
        RealEngine.of(real.look(), old);
        assertNothingLeft();
    }

    private int killed(int old, int next, int seconds, int step) throws Exception {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbpfbay.home=" + System.getProperty("bpfbay.home"),
                "-cp",
                System.getProperty("java.class.path"),
                DyingSwap.class.getName(),
                folder.toString(),
                Integer.toUnsignedString(old),
                Integer.toUnsignedString(next),
                Integer.toString(seconds),
                Integer.toString(step));
        return process.inheritIO().start().waitFor();
    }
}

package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfGuardians;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.model.Ref;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.SwapWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The screen's wishes to the engine, and its answers, on the running kernel. */
@InNetns
@Tag("host")
final class SwapHostTest {
    private static final long PATIENCE_S = 60;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Path state = Path.of("/");
    private int old;
    private int next;

    @BeforeEach
    void stage() throws IOException {
        state = Files.createTempDirectory("bpfbay-host");
        old = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "hst_fw", 2);
        next = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "hst_fw", 2);
        RawBpf.pin(old, "/sys/fs/bpf/old");
        Tool.run("ip", "link", "add", "hst0", "type", "veth", "peer", "name", "hst1");
        Tool.run("ip", "link", "set", "hst0", "xdpgeneric", "pinned", "/sys/fs/bpf/old");
    }

    @AfterEach
    void clear() {
        RawBpf.closeAll(old, next);
        Tool.run("rm", "-rf", state.toString());
    }

    private <N extends SwapNews> N heard(Class<N> kind) throws InterruptedException {
        while (true) {
            Event event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (event instanceof Event.Swap swap && kind.isInstance(swap.news())) {
                return kind.cast(swap.news());
            }
            assertInstanceOf(Event.Swap.class, event, "nothing more was said");
        }
    }

    private SwapWish.Plan plan() {
        SwapRequest request = SwapRequest.of(Ref.parse("hst0/xdp"), new Candidate.OfProgram(RawBpf.id(next)))
                .confirming(new ConfirmWindow.Within(Duration.ofHours(1)));
        try (Kernel kernel = LibbpfKernel.open(Loading.NOTHING);
                Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.OFF)) {
            return new SwapWish.Plan(request, collector.collect(Set.of()));
        }
    }

    @Test
    void a_plan_is_committed_confirmed_and_undone() throws InterruptedException {
        try (SwapHost host = host()) {
            host.wish(plan());
            String id = heard(SwapNews.Planned.class).plan().id();
            host.wish(new SwapWish.Commit(id, "hst0"));
            assertInstanceOf(
                    SwapOutcome.Pending.class, heard(SwapNews.Ended.class).outcome());
            assertEquals(
                    SwapRecord.Standing.PENDING,
                    heard(SwapNews.Listed.class).records().get(0).standing());
            host.wish(new SwapWish.Confirm(id));
            assertInstanceOf(
                    SwapOutcome.Confirmed.class, heard(SwapNews.Ended.class).outcome());
            host.wish(new SwapWish.Undo(id));
            assertInstanceOf(
                    SwapOutcome.Reverted.class, heard(SwapNews.Ended.class).outcome());
        }
        assertEquals(List.of(), ways());
    }

    @Test
    void a_plan_whose_guard_process_was_killed_is_left_and_another_made() throws InterruptedException {
        try (SwapHost host = host()) {
            host.wish(plan());
            String id = heard(SwapNews.Planned.class).plan().id();
            kill(id);
            host.wish(new SwapWish.Drop());
            host.wish(plan());
            assertEquals(
                    List.of(),
                    heard(SwapNews.Planned.class).plan().guards().stream()
                            .filter(guard -> guard.isFailed())
                            .toList());
        }
        assertEquals(List.of(), ways());
    }

    private void kill(String id) {
        Path control = state.resolve("run/guard").resolve(id);
        LibbpfGuardians guardians = LibbpfGuardians.open();
        try (Guardian guard = guardians.find(control).orElseThrow()) {
            Tool.run("kill", "-KILL", Integer.toString(guard.pid()));
        }
        while (guardians.find(control).isPresent()) {
            Thread.onSpinWait();
        }
    }

    private List<Path> ways() {
        Path folder = Path.of("/sys/fs/bpf").resolve(SwapEngines.pinFolder(Optional.of(state)));
        try (var all = Files.list(folder)) {
            return all.toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private SwapHost host() {
        return new SwapHost(
                new UnaskedKernels("the engine is given") {
                    @Override
                    public Kernel open(Loading loading) {
                        return LibbpfKernel.open(loading);
                    }
                },
                kernel -> SwapEngines.open(kernel, Optional.of(state), Clock.systemUTC()),
                events);
    }
}

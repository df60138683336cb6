package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bpfbay.model.Snapshot;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A large group on the running kernel, and somebody else at one place in the middle of it. */
@InNetns
class EngineGroupTest {
    private static final int MEMBERS = Repeats.times(100, 10);
    private static final int THEIRS = MEMBERS / 2;

    private EngineGround ground;
    private RealEngine real;
    private int old;
    private int next;

    @BeforeEach
    void set() throws IOException {
        ground = new EngineGround();
        real = ground.real;
        old = RawBpf.id(ground.loaded(Kind.XDP_NETLINK, "old"));
        next = RawBpf.id(ground.loaded(Kind.XDP_NETLINK, "next"));
        ground.loaded(Kind.XDP_NETLINK, "stranger");
        Path batch = ground.folder.resolve("devices");
        String pin = EngineGround.pin(Kind.XDP_NETLINK, "old").toString();
        Files.write(
                batch,
                IntStream.range(0, MEMBERS)
                        .mapToObj(i -> "link add d" + i + " type veth peer name p" + i + "\nlink set d" + i
                                + " xdpgeneric pinned " + pin)
                        .toList());
        Tool.run("ip", "-batch", batch.toString());
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    private PreparedSwap plan(ConfirmWindow window) {
        return ground.engine.plan(
                SwapRequest.of(new SwapRequest.Target.OfProgramName("old"), new Candidate.OfProgram(next))
                        .confirming(window),
                real.look());
    }

    private int overtaken() {
        String pin = EngineGround.pin(Kind.XDP_NETLINK, "stranger").toString();
        Tool.run("ip", "-force", "link", "set", "d" + THEIRS, "xdpgeneric", "pinned", pin);
        return standing(real.look(), THEIRS).orElseThrow();
    }

    private static OptionalInt standing(Snapshot snapshot, int device) {
        return snapshot.attachments().stream()
                .filter(a -> a.ref().equals("d" + device + "/xdp"))
                .map(a -> a.progId())
                .findFirst()
                .orElseThrow();
    }

    private void assertAllButTheirs(int progId, int theirs) {
        Snapshot now = real.look();
        assertEquals(
                IntStream.range(0, MEMBERS)
                        .boxed()
                        .collect(Collectors.toMap(i -> i, i -> i == THEIRS ? theirs : progId)),
                IntStream.range(0, MEMBERS).boxed().collect(Collectors.toMap(i -> i, i -> standing(now, i)
                        .orElseThrow())));
    }

    @Test
    void one_that_somebody_was_faster_at_puts_all_the_others_back() {
        int theirs;
        try (PreparedSwap prepared = plan(new ConfirmWindow.None())) {
            theirs = overtaken();
            SwapOutcome stale = real.commit(prepared);
            assertInstanceOf(SwapOutcome.Stale.class, stale, stale::why);
        }
        assertAllButTheirs(old, theirs);
        assertEquals(SwapRecord.Standing.STALE, ground.newest().standing());
        ground.assertNothingLeft();
    }

    @Test
    void one_that_somebody_changes_within_the_window_stays_and_the_others_go_back() {
        try (PreparedSwap prepared = plan(new ConfirmWindow.Within(Duration.ofHours(1)))) {
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        int theirs = overtaken();
        assertAllButTheirs(next, theirs);
        SwapOutcome stale = ground.engine.revert("last");
        assertInstanceOf(SwapOutcome.Stale.class, stale, stale::why);
        assertAllButTheirs(old, theirs);
        ground.assertNothingLeft();
    }

    @Test
    void with_its_guard_killed_all_but_theirs_are_recovered() {
        try (PreparedSwap prepared = plan(new ConfirmWindow.Within(Duration.ofHours(1)))) {
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        int theirs = overtaken();
        EngineGround.kill(ground.newest().guardPid().orElseThrow());
        assertEquals(Recovery.State.MIXED, ground.engine.recover().get(0).state());
        assertAllButTheirs(old, theirs);
        ground.assertNothingLeft();
    }
}

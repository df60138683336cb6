package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Guardians;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.libbpf.Elsewhere;
import bpfbay.kernel.libbpf.LibbpfGuardians;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can go wrong with guard process and way back while somebody makes up his mind. */
@InNetns
class EngineWindowTest {
    private static final ConfirmWindow HOUR = new ConfirmWindow.Within(Duration.ofHours(1));
    private static final ConfirmWindow SECOND = new ConfirmWindow.Within(Duration.ofSeconds(1));
    /* enough to stop the guard in, on a machine that does much else */
    private static final ConfirmWindow SECONDS = new ConfirmWindow.Within(Duration.ofSeconds(5));

    /** {@code -Dswap.window.races=300} races longer. */
    private static final int RACES = Integer.getInteger("swap.window.races", Repeats.times(40, 5));

    private static final Duration WINDOW = Duration.ofMillis(60);

    /* who has won goes later next time, who has lost earlier: so they meet, however fast the machine is */
    private static final Duration STEP = Duration.ofMillis(2);

    private EngineGround ground;
    private RealEngine real;
    private SwapEngine engine;

    @BeforeEach
    void set() {
        ground = new EngineGround();
        real = ground.real;
        engine = ground.engine;
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    private SwapRecord pending(Staged staged, ConfirmWindow window) {
        try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), window)) {
            SwapOutcome outcome = real.commit(prepared);
            assertInstanceOf(SwapOutcome.Pending.class, outcome, outcome::toString);
        }
        return ground.newest();
    }

    private static void signal(String name, int pid) {
        Tool.run("kill", "-" + name, Integer.toString(pid));
    }

    @Test
    void of_a_confirmation_and_the_deadline_one_wins_and_all_say_which() throws IOException {
        Staged staged = ground.staged(Kind.XDP_LINK);
        Duration ahead = WINDOW.dividedBy(2);
        for (int i = 0; i < RACES; i++) {
            SwapRecord swap = pending(staged, HOUR);
            Instant deadline = moved(swap);
            LockSupport.parkNanos(
                    Duration.between(Instant.now(), deadline.minus(ahead)).toNanos());
            SwapOutcome outcome = engine.confirm(swap.id());
            ground.awaitEnd(swap);
            List<String> events = events(swap);
            if (outcome instanceof SwapOutcome.Confirmed) {
                ahead = ahead.minus(STEP);
                assertEquals(List.of("confirmed"), events, outcome::toString);
                ground.assertStands(staged.next());
                assertInstanceOf(SwapOutcome.Reverted.class, engine.revert(swap.id()));
            } else {
                ahead = ahead.plus(STEP);
                assertInstanceOf(SwapOutcome.Reverted.class, outcome, outcome::toString);
                assertEquals(List.of("reverting", "reverted"), events, outcome::toString);
                ground.assertStands(staged.old());
            }
            ground.assertNothingLeft();
        }
    }

    /* a window is a second at least, but the guard is told another */
    private Instant moved(SwapRecord swap) {
        try (Guardian guard = LibbpfGuardians.open()
                .find(real.folders.controls().resolve(swap.id()))
                .orElseThrow()) {
            return guard.arm(WINDOW);
        }
    }

    /* what the journal says of it behind "pending" */
    private List<String> events(SwapRecord swap) throws IOException {
        return Files.readAllLines(real.folders.journals().get(0)).stream()
                .filter(line -> line.contains(swap.id()))
                .map(line -> line.replaceAll(".*\"event\":\"([a-z-]+)\".*", "$1"))
                .dropWhile(event -> !event.equals("pending"))
                .skip(1)
                .toList();
    }

    @Test
    void a_guard_that_is_killed_while_its_plan_stands_is_in_nobodys_way() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
            EngineGround.kill(prepared.hold().guardian().orElseThrow().pid());
        }
        ground.assertNothingLeft();
        pending(staged, HOUR);
        assertInstanceOf(SwapOutcome.Reverted.class, engine.revert("last"));
        ground.assertNothingLeft();
    }

    @Test
    void a_guard_that_is_killed_before_the_commit_costs_the_swap_and_nothing_else() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
            EngineGround.kill(prepared.hold().guardian().orElseThrow().pid());
            SwapOutcome outcome = real.commit(prepared);
            assertInstanceOf(SwapOutcome.Failed.class, outcome, outcome::toString);
            assertTrue(outcome.why().contains("nothing was done"), outcome::toString);
        }
        ground.assertStands(staged.old());
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void a_guard_that_does_not_answer_is_said_to_be_at_work_and_undoes_when_it_wakes() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        SwapRecord swap = pending(staged, SECONDS);
        int pid = swap.guardPid().orElseThrow();
        signal("STOP", pid);
        assertEquals(SwapRecord.Standing.UNDER_WAY, ground.newest().standing());
        SwapOutcome outcome = engine.confirm(swap.id());
        assertInstanceOf(SwapOutcome.Refused.class, outcome, outcome::toString);
        assertEquals(Recovery.State.UNDER_WAY, engine.recover().get(0).state());
        ground.assertStands(staged.next());
        signal("CONT", pid);
        ground.awaitEnd(swap);
        ground.assertStands(staged.old());
        assertEquals(SwapRecord.Standing.REVERTED, ground.newest().standing());
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void a_probe_that_lets_it_stay_lets_the_pins_follow_though_bpfbay_is_gone() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        Path pin = EngineGround.pin(Kind.XDP_LINK, "old");
        Snapshot now = real.look();
        SwapRequest request = SwapRequest.of(
                        Ref.parse(RealEngine.of(now, staged.old()).ref()), new Candidate.OfProgram(staged.next()))
                .confirming(SECOND)
                .probing(new Guardians.Probe(Path.of("/bin/true"), Duration.ofMillis(400)))
                .withPins(SwapRequest.Pins.RENEW);
        try (PreparedSwap prepared = engine.plan(request, now)) {
            assertEquals(List.of(pin.toString()), prepared.plan().pins());
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        ground.awaitEnd(ground.newest());
        assertEquals(SwapRecord.Standing.CONFIRMED, ground.newest().standing());
        assertEquals("next", pinned(pin));
        assertInstanceOf(SwapOutcome.Reverted.class, engine.revert("last"));
        assertEquals("old", pinned(pin));
        ground.assertNothingLeft();
    }

    private static String pinned(Path pin) {
        return Tool.json("bpftool", "-j", "prog", "show", "pinned", pin.toString())
                .getAsJsonObject()
                .get("name")
                .getAsString();
    }

    @Test
    void pins_that_somebody_removes_are_not_needed_while_the_guard_lives() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        SwapRecord swap = pending(staged, HOUR);
        ground.letGoOfOld(staged);
        Tool.run(
                "rm",
                "-r",
                EngineGround.PINS.resolve("bpfbay").resolve(swap.id()).toString());
        SwapOutcome outcome = engine.revert("last");
        assertInstanceOf(SwapOutcome.Reverted.class, outcome, outcome::toString);
        ground.assertStands(staged.old());
        ground.assertNothingLeft();
    }

    @Test
    void without_guard_and_pins_there_is_no_way_back_and_it_is_said() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        SwapRecord swap = pending(staged, HOUR);
        ground.letGoOfOld(staged);
        EngineGround.kill(swap.guardPid().orElseThrow());
        Tool.run(
                "rm",
                "-r",
                EngineGround.PINS.resolve("bpfbay").resolve(swap.id()).toString());
        Recovery found = engine.recover().get(0);
        assertEquals(Recovery.State.NEW, found.state());
        assertTrue(
                found.done().startsWith("failed: ")
                        && found.done().contains("next #" + Integer.toUnsignedString(staged.next())),
                found::toString);
        ground.assertStands(staged.next());
        assertEquals(SwapRecord.Standing.FAILED, ground.newest().standing());
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_device_that_moves_away_within_the_window_is_followed_by_its_link_or_left(Kind kind) {
        if (kind.isCgroup()) {
            return;
        }
        Staged staged = ground.staged(kind);
        SwapRecord swap = pending(staged, HOUR);
        try (Elsewhere elsewhere = new Elsewhere()) {
            Tool.run("ip", "link", "set", kind.device(), "netns", Long.toString(elsewhere.pid()));
            SwapOutcome outcome = engine.revert(swap.id());
            if (kind.isLink()) {
                assertInstanceOf(SwapOutcome.Reverted.class, outcome, outcome::toString);
            } else {
                assertInstanceOf(SwapOutcome.Stale.class, outcome, outcome::toString);
                assertTrue(outcome.summary().state().contains("the place is gone"), outcome::toString);
            }
        }
        ground.assertNothingLeft();
    }

    @Test
    void of_two_state_folders_each_undoes_its_own_swap_and_not_the_others() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        SwapRecord first = pending(staged, HOUR);
        int third = RawBpf.id(ground.loaded(Kind.XDP_LINK, "third"));
        Path folder = ground.folder.resolve("other");
        try (RealEngine other = new RealEngine(folder, journal -> journal);
                PreparedSwap prepared = other.plan(staged.next(), third, HOUR)) {
            assertInstanceOf(SwapOutcome.Pending.class, other.commit(prepared));
            SwapOutcome stale = engine.revert(first.id());
            assertInstanceOf(SwapOutcome.Stale.class, stale, stale::toString);
            ground.assertStands(third);
            SwapOutcome reverted = other.engine.revert("last");
            assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
            ground.assertStands(staged.next());
        }
        ground.assertNothingLeft();
    }
}

package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.libbpf.Elsewhere;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a place between the plan and the commit, and between the commit and the deadline. */
@InNetns
class EngineFaultsTest {
    private static final ConfirmWindow NONE = new ConfirmWindow.None();
    private static final ConfirmWindow HOUR = new ConfirmWindow.Within(Duration.ofHours(1));

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

    private SwapOutcome planned(Staged staged, ConfirmWindow window, Runnable meanwhile) {
        try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), window)) {
            assertEquals(
                    List.of(),
                    prepared.plan().guards().stream()
                            .filter(GuardResult::isFailed)
                            .toList());
            meanwhile.run();
            return real.commit(prepared);
        }
    }

    private SwapRecord pending(Staged staged) {
        SwapOutcome outcome = planned(staged, HOUR, () -> {});
        assertInstanceOf(SwapOutcome.Pending.class, outcome, outcome::toString);
        return ground.newest();
    }

    private static <T extends SwapOutcome> void assertIs(Class<T> expected, SwapOutcome outcome, String state) {
        assertInstanceOf(expected, outcome, outcome::toString);
        assertTrue(outcome.summary().state().contains(state), outcome::toString);
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_place_that_goes_before_the_commit_makes_it_stale(Kind kind) {
        Staged staged = ground.staged(kind);
        assertIs(SwapOutcome.Stale.class, planned(staged, HOUR, () -> ground.vanish(kind)), "the place is gone");
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_place_that_goes_within_the_window_is_stale_in_the_end(Kind kind) {
        Staged staged = ground.staged(kind);
        pending(staged);
        ground.vanish(kind);
        assertIs(SwapOutcome.Stale.class, engine.revert("last"), "the place is gone");
        assertEquals(SwapRecord.Standing.STALE, ground.newest().standing());
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_place_that_goes_within_the_window_is_not_confirmed(Kind kind) {
        Staged staged = ground.staged(kind);
        pending(staged);
        ground.vanish(kind);
        assertIs(SwapOutcome.Stale.class, engine.confirm("last"), "the place is gone");
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_place_that_went_with_bpfbay_and_guard_is_recovered_as_gone(Kind kind) {
        Staged staged = ground.staged(kind);
        SwapRecord swap = pending(staged);
        EngineGround.kill(swap.guardPid().orElseThrow());
        ground.vanish(kind);
        List<Recovery> found = engine.recover();
        assertEquals(
                List.of(Recovery.State.GONE),
                found.stream().map(Recovery::state).toList());
        assertTrue(found.get(0).found().get(0).endsWith(": the place is gone"), found::toString);
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_device_that_is_renamed_meanwhile_is_still_the_one(Kind kind) {
        if (kind.isCgroup()) {
            return;
        }
        Staged staged = ground.staged(kind);
        SwapOutcome outcome = planned(staged, HOUR, () -> rename(kind.device(), "renamed"));
        assertIs(SwapOutcome.Pending.class, outcome, "next #" + Integer.toUnsignedString(staged.next()));
        rename("renamed", "again");
        assertIs(SwapOutcome.Reverted.class, engine.revert("last"), "old #" + Integer.toUnsignedString(staged.old()));
        ground.assertStands(staged.old());
        ground.assertNothingLeft();
    }

    private static void rename(String from, String to) {
        Tool.run("ip", "link", "set", from, "name", to);
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_device_that_moves_to_another_namespace_is_stale_or_followed_by_its_link(Kind kind) {
        if (kind.isCgroup()) {
            return;
        }
        Staged staged = ground.staged(kind);
        try (Elsewhere elsewhere = new Elsewhere()) {
            SwapOutcome outcome = planned(
                    staged,
                    NONE,
                    () -> Tool.run("ip", "link", "set", kind.device(), "netns", Long.toString(elsewhere.pid())));
            if (outcome instanceof SwapOutcome.Swapped) {
                assertTrue(kind.isLink(), outcome::toString);
                assertIs(SwapOutcome.Reverted.class, engine.revert("last"), "old #");
            } else {
                assertIs(SwapOutcome.Stale.class, outcome, "the place is gone");
            }
        }
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void an_owner_that_ends_its_link_within_the_window_takes_the_place_away(Kind kind) {
        if (!kind.isLink()) {
            return;
        }
        Staged staged = ground.staged(kind);
        pending(staged);
        ground.letGoOfLink(kind);
        assertIs(SwapOutcome.Stale.class, engine.revert("last"), "the place is gone");
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_third_party_before_the_commit_makes_it_stale_and_stays(Kind kind) {
        Staged staged = ground.staged(kind);
        SwapRecord before = pending(staged);
        engine.revert(before.id());
        int[] theirs = new int[1];
        SwapOutcome outcome =
                planned(staged, HOUR, () -> theirs[0] = ground.overtaken(staged, ground.place(before), staged.old()));
        assertInstanceOf(SwapOutcome.Stale.class, outcome, outcome::toString);
        ground.assertStands(theirs[0]);
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_third_party_within_the_window_stays_at_the_deadline(Kind kind) {
        Staged staged = ground.staged(kind);
        SwapOutcome outcome = planned(staged, new ConfirmWindow.Within(Duration.ofSeconds(1)), () -> {});
        assertInstanceOf(SwapOutcome.Pending.class, outcome, outcome::toString);
        SwapRecord swap = ground.newest();
        int theirs = ground.overtaken(staged, ground.place(swap), staged.next());
        ground.awaitEnd(swap);
        assertEquals(SwapRecord.Standing.STALE, ground.newest().standing());
        ground.assertStands(theirs);
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void a_third_party_after_the_swap_is_not_undone(Kind kind) {
        Staged staged = ground.staged(kind);
        assertInstanceOf(SwapOutcome.Swapped.class, planned(staged, NONE, () -> {}));
        int theirs = ground.overtaken(staged, ground.place(ground.newest()), staged.next());
        SwapOutcome outcome = engine.revert("last");
        assertInstanceOf(SwapOutcome.Stale.class, outcome, outcome::toString);
        ground.assertStands(theirs);
        ground.assertNothingLeft();
    }

    @Test
    void a_candidate_whose_pin_goes_before_the_commit_is_held_all_the_same() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        Candidate pinned = new Candidate.OfPin(EngineGround.pin(Kind.XDP_LINK, "alone"));
        int alone = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "alone", 2);
        int id = RawBpf.id(alone);
        RawBpf.pin(alone, pinned.text().substring("pin:".length()));
        RawBpf.closeAll(alone);
        try (PreparedSwap prepared = real.plan(staged.old(), pinned, HOUR)) {
            EngineGround.delete(EngineGround.pin(Kind.XDP_LINK, "alone"));
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        ground.assertStands(id);
        assertInstanceOf(SwapOutcome.Confirmed.class, engine.confirm("last"));
        ground.assertStands(id);
        assertInstanceOf(SwapOutcome.Reverted.class, engine.revert("last"));
        ground.assertNothingLeft();
    }

    @Test
    void a_driver_that_refuses_leaves_the_old_program_and_is_quoted() {
        for (String device : List.of("jumbo", "jumbopeer")) {
            if (device.equals("jumbo")) {
                Tool.run("ip", "link", "add", "jumbo", "type", "veth", "peer", "name", "jumbopeer");
            }
            Tool.run("ip", "link", "set", device, "mtu", "9000");
        }
        int old = RawBpf.loadXdpWithFrags("large");
        RawBpf.pin(old, EngineGround.PINS + "/large");
        Tool.run("ip", "link", "set", "jumbo", "xdpdrv", "pinned", EngineGround.PINS + "/large");
        int id = RawBpf.id(old);
        RawBpf.closeAll(old);
        int next = RawBpf.id(ground.loaded(Kind.XDP_NETLINK, "small"));
        for (ConfirmWindow window : List.of(NONE, HOUR)) {
            try (PreparedSwap prepared = real.plan(id, next, window)) {
                SwapOutcome outcome = real.commit(prepared);
                assertIs(SwapOutcome.Failed.class, outcome, "large #" + Integer.toUnsignedString(id));
                assertTrue(outcome.why().contains("ERANGE"), outcome::toString);
                assertEquals(1, outcome.why().lines().count());
            }
            ground.assertStands(id);
            ground.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kindsToBreak")
    void of_two_at_once_the_second_is_refused_with_the_first_ones_pid(Kind kind) {
        Staged staged = ground.staged(kind);
        try (RealEngine other = new RealEngine(ground.folder, journal -> journal);
                PreparedSwap first = real.plan(staged.old(), staged.next(), HOUR);
                PreparedSwap second = other.plan(staged.old(), staged.next(), HOUR)) {
            SwapOutcome refused = other.commit(second);
            assertIs(SwapOutcome.Refused.class, refused, "old #");
            String why = "swap " + first.plan().id() + " of pid "
                    + ProcessHandle.current().pid() + " has the lock";
            assertTrue(refused.why().contains(why), refused::toString);
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(first));
            try (PreparedSwap third = other.plan(staged.next(), staged.old(), HOUR)) {
                assertInstanceOf(SwapOutcome.Refused.class, other.commit(third));
            }
        }
        ground.assertStands(staged.next());
        assertInstanceOf(SwapOutcome.Reverted.class, engine.revert("last"));
        ground.assertNothingLeft();
    }
}

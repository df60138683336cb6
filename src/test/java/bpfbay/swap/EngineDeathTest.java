package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.Repeats;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** bpfbay is killed with a swap of every kind under way, its guard processes with it, or they alone. */
@InNetns
class EngineDeathTest {
    /* moments of DyingSwap */
    private static final int ARMED = 4;
    private static final int AFTER_COMMITTING = 5;
    private static final int AFTER_COMMITTED = 7;
    private static final int AFTER_VERIFIED = 9;
    private static final int HOUR = 3600;

    private EngineGround ground;
    private SwapEngine engine;

    @BeforeEach
    void set() {
        ground = new EngineGround();
        engine = ground.engine;
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    static Stream<Integer> moments() {
        return Repeats.of(
                IntStream.range(0, DyingSwap.MOMENTS).boxed().toList(), List.of(AFTER_COMMITTING, AFTER_COMMITTED));
    }

    static Stream<Integer> momentsWithGuards() {
        return Repeats.of(List.of(ARMED, AFTER_COMMITTING, AFTER_COMMITTED, AFTER_VERIFIED), List.of(AFTER_COMMITTED));
    }

    static Stream<Integer> momentsWithin() {
        return Repeats.of(List.of(ARMED, AFTER_COMMITTED, AFTER_VERIFIED), List.of(AFTER_VERIFIED));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void killed_at_any_moment_every_kind_is_old_again_or_finished(int moment) {
        List<Staged> all = ground.everyKind();
        DyingSwap.killed(ground, 0, moment, all);
        List<Recovery> found = engine.recover();
        if (moment == AFTER_VERIFIED) {
            assertEquals(List.of(), found);
            all.forEach(staged -> ground.assertStands(staged.next()));
            for (SwapRecord swap : engine.swaps()) {
                assertEquals(SwapRecord.Standing.SWAPPED, swap.standing());
                assertInstanceOf(SwapOutcome.Reverted.class, engine.revert(swap.id()));
            }
        } else {
            assertFound(all, found, moment);
        }
        all.forEach(staged -> ground.assertStands(staged.old()));
        assertNoneUnfinished();
        ground.assertNothingLeft();
    }

    /* before the call, the old ones; after it, the new ones, by their names */
    private static void assertFound(List<Staged> all, List<Recovery> found, int moment) {
        Recovery.State expected = moment <= AFTER_COMMITTING ? Recovery.State.OLD : Recovery.State.NEW;
        assertEquals(
                all.stream().map(staged -> expected).toList(),
                found.stream().map(Recovery::state).toList(),
                found::toString);
        String lines = found.toString();
        for (Staged staged : all) {
            int there = expected == Recovery.State.OLD ? staged.old() : staged.next();
            assertTrue(moment <= ARMED || lines.contains("#" + Integer.toUnsignedString(there)), lines);
        }
    }

    private void assertNoneUnfinished() {
        engine.swaps()
                .forEach(swap -> assertFalse(
                        List.of(
                                        SwapRecord.Standing.UNFINISHED,
                                        SwapRecord.Standing.PENDING,
                                        SwapRecord.Standing.UNDER_WAY)
                                .contains(swap.standing()),
                        swap::toString));
    }

    @ParameterizedTest
    @MethodSource("momentsWithGuards")
    void killed_with_its_guards_within_the_window_every_kind_is_old_again(int moment) {
        List<Staged> all = ground.everyKind();
        DyingSwap.killed(ground, HOUR, moment, all);
        List<SwapRecord> swaps = engine.swaps();
        assertEquals(all.size(), swaps.size());
        swaps.forEach(swap -> EngineGround.kill(swap.guardPid().orElseThrow()));
        assertFound(all, engine.recover(), moment);
        all.forEach(staged -> ground.assertStands(staged.old()));
        assertNoneUnfinished();
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("momentsWithin")
    void killed_within_the_window_the_guards_put_every_kind_back(int moment) {
        List<Staged> all = ground.everyKind();
        DyingSwap.killed(ground, 2, moment, all);
        List<SwapRecord> swaps = engine.swaps();
        assertEquals(all.size(), swaps.size());
        swaps.forEach(ground::awaitEnd);
        swaps.forEach(swap -> swap.guardPid().ifPresent(pid -> EngineGround.await(() -> !EngineGround.isAlive(pid))));
        all.forEach(staged -> ground.assertStands(staged.old()));
        assertNoneUnfinished();
        ground.assertNothingLeft();
    }

    @Test
    void killed_before_they_are_armed_no_guard_and_no_pin_stays() {
        List<Staged> all = ground.everyKind();
        DyingSwap.killed(ground, HOUR, ARMED - 1, all);
        engine.swaps().forEach(ground::awaitEnd);
        engine.swaps().forEach(swap -> assertEquals(SwapRecord.Standing.ABANDONED, swap.standing()));
        all.forEach(staged -> ground.assertStands(staged.old()));
        ground.assertNothingLeft();
    }

    @Test
    void of_a_guard_killed_within_the_window_every_kind_is_recovered() {
        for (Staged staged : ground.everyKind()) {
            SwapRecord swap = guardless(staged);
            assertEquals(SwapRecord.Standing.UNFINISHED, ground.newest().standing());
            List<Recovery> found = engine.recover();
            assertEquals(
                    List.of(Recovery.State.NEW),
                    found.stream().map(Recovery::state).toList(),
                    found::toString);
            assertTrue(found.get(0).done().startsWith("reverted"), found::toString);
            assertEquals(swap.id(), found.get(0).id());
            ground.assertStands(staged.old());
            ground.assertNothingLeft();
        }
    }

    @Test
    void of_a_guard_killed_within_the_window_every_kind_is_still_confirmed_or_undone() {
        for (Staged staged : ground.everyKind()) {
            guardless(staged);
            SwapOutcome confirmed = engine.confirm("last");
            assertInstanceOf(SwapOutcome.Confirmed.class, confirmed, confirmed::toString);
            SwapOutcome reverted = engine.revert("last");
            assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
            guardless(staged);
            reverted = engine.revert("last");
            assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
            ground.assertStands(staged.old());
            ground.assertNothingLeft();
        }
    }

    /* pending, with its guard process killed */
    private SwapRecord guardless(Staged staged) {
        ConfirmWindow window = new ConfirmWindow.Within(Duration.ofSeconds(HOUR));
        try (PreparedSwap prepared = ground.real.plan(staged.old(), staged.next(), window)) {
            assertInstanceOf(SwapOutcome.Pending.class, ground.real.commit(prepared), prepared.plan()::toString);
        }
        SwapRecord swap = ground.newest();
        EngineGround.kill(swap.guardPid().orElseThrow());
        return swap;
    }

    @Test
    void what_a_third_party_put_there_after_the_death_is_named_and_stays() {
        List<Staged> all = ground.everyKind();
        DyingSwap.killed(ground, 0, AFTER_COMMITTED, all);
        List<Integer> theirs = all.stream()
                .map(staged -> ground.overtaken(staged, ground.place(of(staged)), staged.next()))
                .toList();
        List<Recovery> found = engine.recover();
        assertEquals(
                all.stream().map(staged -> Recovery.State.OTHER).toList(),
                found.stream().map(Recovery::state).toList(),
                found::toString);
        theirs.forEach(ground::assertStands);
        assertNoneUnfinished();
        ground.assertNothingLeft();
    }

    private SwapRecord of(Staged staged) {
        return engine.swaps().stream()
                .filter(swap -> swap.members().get(0).from().orElseThrow().progId() == staged.old())
                .findFirst()
                .orElseThrow();
    }
}

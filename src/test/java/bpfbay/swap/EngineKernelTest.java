package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole engine on the running kernel, with guard processes, locks and a journal on disk. */
@InNetns
class EngineKernelTest {
    private EngineGround ground;
    private RealEngine real;
    private SwapEngine engine;

    @BeforeEach
    void set() {
        ground = new EngineGround();
        real = ground.real;
        engine = ground.real.engine;
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kinds")
    void it_is_pending_confirmed_and_undone(Kind kind) {
        Staged staged = ground.staged(kind);
        int old = staged.old();
        int next = staged.next();
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
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kinds")
    void nobody_confirms_and_the_old_program_is_back(Kind kind) {
        Staged staged = ground.staged(kind);
        int old = staged.old();
        int next = staged.next();
        try (PreparedSwap prepared = real.plan(old, next, new ConfirmWindow.Within(Duration.ofSeconds(1)))) {
            assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
        }
        Path control = real.folders.controls().resolve(engine.swaps().get(0).id());
        EngineGround.await(() -> !Files.exists(control));
        RealEngine.of(real.look(), old);
        assertEquals(SwapRecord.Standing.REVERTED, engine.swaps().get(0).standing());
        ground.assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kinds")
    void the_old_program_lives_only_by_the_way_back_and_is_undone_to(Kind kind) {
        Staged staged = ground.staged(kind);
        int old = staged.old();
        int next = staged.next();
        ground.letGoOfOld(staged);
        try (PreparedSwap prepared = real.plan(old, next, new ConfirmWindow.None())) {
            SwapOutcome outcome = real.commit(prepared);
            assertInstanceOf(SwapOutcome.Swapped.class, outcome, outcome::toString);
        }
        SwapOutcome reverted = engine.revert("last");
        assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
        RealEngine.of(real.look(), old);
        ground.assertNothingLeft();
    }
}

package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is said to own a program while its swap is pending. */
@InNetns
class EngineOwnersTest {
    private EngineGround ground;

    @BeforeEach
    void set() {
        ground = new EngineGround();
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    @Test
    void the_guard_process_of_a_pending_swap_owns_nothing() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        ConfirmWindow window = new ConfirmWindow.Within(Duration.ofHours(1));
        try (PreparedSwap prepared = ground.real.plan(staged.old(), staged.next(), window)) {
            assertInstanceOf(SwapOutcome.Pending.class, ground.real.commit(prepared));
        }
        String guard = "bpfbay-guard";
        int pid = ground.newest().guardPid().orElseThrow();
        String held = Tool.run("sh", "-c", "cat /proc/" + pid + "/fdinfo/*");
        assertTrue(held.contains("prog_id:\t" + Integer.toUnsignedString(staged.next())), held);
        var now = ground.real.look();
        assertEquals(
                List.of(),
                now.index().owners(RealEngine.of(now, staged.next())).stream()
                        .filter(owner -> owner.holder().comm().equals(guard))
                        .toList());
        assertInstanceOf(SwapOutcome.Confirmed.class, ground.engine.confirm("last"));
        assertInstanceOf(SwapOutcome.Reverted.class, ground.engine.revert("last"));
        ground.assertNothingLeft();
    }
}

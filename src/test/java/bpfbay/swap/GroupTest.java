package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Guardians;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupTest {
    private static final String FIRST = "lxc12a/tcx/ingress/1";
    private static final String SECOND = "lxc34b/tcx/ingress/1";
    private static final ConfirmWindow MINUTE = new ConfirmWindow.Within(Duration.ofSeconds(60));
    private static final SwapRequest BOTH = Stage.request("prog:977", FIRST, SECOND);

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void set() {
        stage = new Stage(folder);
    }

    private List<Integer> standing() {
        return List.of(stage.world.at(stage.place(FIRST)), stage.world.at(stage.place(SECOND)));
    }

    @Test
    void all_members_are_swapped_under_one_id_and_one_fsync_a_step() {
        List<Progress.Step> steps = new ArrayList<>();
        try (PreparedSwap prepared = stage.plan(BOTH)) {
            assertEquals("2", prepared.plan().phrase());
            SwapOutcome outcome = stage.engine.commit(prepared, new Consent.Typed("2"), steps::add);
            assertInstanceOf(SwapOutcome.Swapped.class, outcome);
            assertEquals(2, outcome.summary().places().size());
        }
        assertEquals(List.of(977, 977), standing());
        assertEquals(10, stage.journal.lines.size());
        assertEquals(List.of(1, 2, 2), steps.stream().map(Progress.Step::done).toList());
    }

    @Test
    void every_attachment_of_a_name_makes_a_group() {
        try (PreparedSwap prepared = stage.plan(SwapRequest.of(
                new SwapRequest.Target.OfProgramName("cil_from_container"), Candidate.parse("prog:977")))) {
            assertEquals(
                    List.of(FIRST, SECOND),
                    prepared.plan().members().stream().map(SwapPlan.Member::ref).toList());
        }
    }

    @Test
    void a_stale_member_rolls_the_others_back() {
        try (PreparedSwap prepared = stage.plan(BOTH.confirming(MINUTE))) {
            stage.world.attach(stage.place(SECOND), 7001);
            SwapOutcome outcome = stage.commit(prepared);
            assertInstanceOf(SwapOutcome.Stale.class, outcome);
        }
        assertEquals(List.of(1555, 7001), standing());
        assertEquals(List.of(), stage.world.ways());
        assertTrue(stage.guardians.alive.isEmpty());
    }

    @Test
    void a_failing_member_rolls_the_others_back() {
        stage.world.refusals.put(
                stage.place(SECOND), new KernelException(new Problem("BPF_LINK_UPDATE", SECOND, 12, "")));
        SwapOutcome outcome = stage.swap(BOTH);
        assertInstanceOf(SwapOutcome.Failed.class, outcome);
        assertEquals(List.of(1555, 1555), standing());
    }

    @Test
    void rolling_back_leaves_what_somebody_else_changed_meanwhile() {
        SwapPlace second = stage.place(SECOND);
        stage.world.refusals.put(second, new KernelException(new Problem("BPF_LINK_UPDATE", SECOND, 12, "")));
        stage.world.afterReplace = Optional.of(
                () -> stage.world.beforeReplace = Optional.of(() -> stage.world.attach(stage.place(FIRST), 7001)));
        SwapOutcome outcome = stage.swap(BOTH);
        assertInstanceOf(SwapOutcome.Failed.class, outcome);
        assertEquals(List.of(7001, 1555), standing());
        assertTrue(outcome.summary().notes().get(0).contains("somebody else changed it"), outcome.summary()::toString);
    }

    @Test
    void whoever_watches_and_falls_over_it_stops_nothing() {
        try (PreparedSwap prepared = stage.plan(BOTH)) {
            SwapOutcome outcome = stage.engine.commit(
                    prepared, new Consent.Typed(prepared.plan().phrase()), step -> {
                        throw new IllegalStateException("the terminal is gone");
                    });
            assertInstanceOf(SwapOutcome.Swapped.class, outcome, outcome::toString);
        }
    }

    @Test
    void one_confirmation_is_for_all() {
        stage.swap(BOTH.confirming(MINUTE));
        stage.engine.confirm("last");
        stage.guardians.deadline();
        assertEquals(List.of(977, 977), standing());
    }

    @Test
    void undoing_is_of_all() {
        stage.swap(BOTH);
        assertInstanceOf(SwapOutcome.Reverted.class, stage.engine.revert("last"));
        assertEquals(List.of(1555, 1555), standing());
    }

    @Test
    void a_canary_soaks_before_the_others_follow() {
        stage.duringPause = Optional.of(() -> assertEquals(List.of(977, 1555), standing()));
        SwapOutcome outcome = stage.swap(BOTH.withCanary(new SwapRequest.Canary(1, Duration.ofMillis(2500))));
        assertInstanceOf(SwapOutcome.Swapped.class, outcome);
        assertEquals(List.of(977, 977), standing());
        assertEquals(
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500)),
                stage.pauses.subList(0, 3));
    }

    @Test
    void a_canary_that_somebody_changes_stops_the_others() {
        stage.duringPause = Optional.of(() -> stage.world.attach(stage.place(FIRST), 7001));
        SwapOutcome outcome = stage.swap(BOTH.withCanary(new SwapRequest.Canary(1, Duration.ofSeconds(2))));
        assertInstanceOf(SwapOutcome.Stale.class, outcome);
        assertEquals(List.of(7001, 1555), standing());
    }

    @Test
    void a_canary_whose_probe_fails_is_put_back() {
        SwapOutcome outcome = stage.swap(BOTH.withCanary(new SwapRequest.Canary(1, Duration.ofSeconds(1)))
                .probing(new Guardians.Probe(Path.of("/bin/false"), Duration.ofSeconds(5))));
        assertInstanceOf(SwapOutcome.Reverted.class, outcome);
        assertEquals("the probe failed with status 1", outcome.why());
        assertEquals(List.of(1555, 1555), standing());
        assertTrue(stage.guardians.alive.isEmpty());
    }

    @Test
    void a_canary_whose_probe_holds_lets_the_others_follow() {
        SwapOutcome outcome = stage.swap(BOTH.withCanary(new SwapRequest.Canary(1, Duration.ofSeconds(1)))
                .probing(new Guardians.Probe(Path.of("/bin/true"), Duration.ofSeconds(5))));
        assertInstanceOf(SwapOutcome.Pending.class, outcome);
        assertEquals(List.of(977, 977), standing());
    }

    @Test
    void an_interrupted_soak_puts_the_canary_back() {
        stage.duringPause = Optional.of(() -> Thread.currentThread().interrupt());
        SwapOutcome outcome = stage.swap(BOTH.withCanary(new SwapRequest.Canary(1, Duration.ofSeconds(2))));
        assertTrue(Thread.interrupted());
        assertInstanceOf(SwapOutcome.Reverted.class, outcome);
        assertEquals(List.of(1555, 1555), standing());
    }

    @Test
    void one_chain_does_not_take_the_candidate_twice() {
        GuardResult result = stage.guard(
                GuardName.CANDIDATE_FITS_HOOK, Stage.request("prog:2647", "eth0/tcx/ingress/1", "eth0/tcx/ingress/2"));
        assertTrue(result.isFailed(), result::toString);
    }
}

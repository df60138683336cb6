package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.RunCounts;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapEngineTest {
    private static final String XDP = "eth0/xdp";
    private static final ConfirmWindow MINUTE = new ConfirmWindow.Within(Duration.ofSeconds(60));

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void set() {
        stage = new Stage(folder);
    }

    private int at(String ref) {
        return stage.world.at(stage.place(ref));
    }

    @Test
    void a_swap_replaces_the_program_and_keeps_the_old_one_for_the_way_back() {
        SwapOutcome outcome = stage.swap(Stage.request("prog:4027", XDP));
        assertInstanceOf(SwapOutcome.Swapped.class, outcome);
        assertEquals(4027, at(XDP));
        assertTrue(stage.world.isAlive(ObjectId.prog(3815)));
        assertEquals("eth0/xdp: xdp_fw #4027", outcome.summary().state());
        assertEquals(
                List.of(
                        JournalEvent.PLANNED,
                        JournalEvent.WAY_BACK,
                        JournalEvent.COMMITTING,
                        JournalEvent.COMMITTED,
                        JournalEvent.VERIFIED),
                stage.journal.events());
        assertEquals(0, stage.world.openDescriptors());
        assertTrue(stage.locks.taken.isEmpty());
    }

    @Test
    void a_plan_that_is_left_leaves_nothing_behind() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE))) {
            assertFalse(prepared.plan().isBlocked());
            assertEquals(1, stage.guardians.alive.size());
            assertEquals(1, stage.world.ways().size());
        }
        assertEquals(List.of(), stage.world.ways());
        assertTrue(stage.guardians.alive.isEmpty());
        assertTrue(stage.locks.taken.isEmpty());
        assertEquals(0, stage.world.openDescriptors());
        assertEquals(3815, at(XDP));
    }

    @Test
    void a_dry_run_writes_nothing_and_starts_nobody() {
        try (PreparedSwap prepared =
                stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE).onlyPlanned())) {
            assertTrue(stage.guardians.alive.isEmpty());
            assertEquals("", stage.engine.planned(prepared).why());
        }
        assertEquals(List.of(), stage.journal.lines);
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void with_a_window_it_is_pending_until_confirmed() {
        SwapOutcome outcome = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE));
        SwapOutcome.Pending pending = assertInstanceOf(SwapOutcome.Pending.class, outcome);
        assertEquals(SwapRecord.Standing.PENDING, stage.engine.swaps().get(0).standing());
        assertEquals(
                Optional.of(pending.confirmBy()), stage.engine.swaps().get(0).confirmBy());
        assertFalse(stage.locks.taken.isEmpty());

        assertInstanceOf(SwapOutcome.Confirmed.class, stage.engine.confirm("last"));
        assertEquals(4027, at(XDP));
        assertEquals(SwapRecord.Standing.CONFIRMED, stage.engine.swaps().get(0).standing());
        assertTrue(stage.locks.taken.isEmpty());
        assertTrue(stage.world.isAlive(ObjectId.prog(3815)));
    }

    @Test
    void at_the_deadline_the_old_program_is_back() {
        stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE));
        stage.guardians.deadline();
        assertEquals(3815, at(XDP));
        assertEquals(SwapRecord.Standing.REVERTED, stage.engine.swaps().get(0).standing());
        assertInstanceOf(
                SwapOutcome.Reverted.class,
                stage.engine.confirm(stage.engine.swaps().get(0).id()));
    }

    @Test
    void a_pending_one_can_be_undone_at_once() {
        stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE));
        assertInstanceOf(SwapOutcome.Reverted.class, stage.engine.revert("last"));
        assertEquals(3815, at(XDP));
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void a_swapped_one_can_be_undone_later() {
        stage.swap(Stage.request("prog:4027", XDP));
        assertInstanceOf(SwapOutcome.Reverted.class, stage.engine.revert("last"));
        assertEquals(3815, at(XDP));
        assertEquals(List.of(), stage.world.ways());
        assertEquals(0, stage.world.openDescriptors());
        assertThrows(NotUnderstoodException.class, () -> stage.engine.revert("last"));
    }

    @Test
    void what_a_third_party_put_there_is_not_undone() {
        SwapOutcome outcome = stage.swap(Stage.request("prog:4027", XDP));
        stage.world.attach(stage.place(XDP), 7007);
        assertInstanceOf(
                SwapOutcome.Stale.class, stage.engine.revert(outcome.summary().id()));
        assertEquals(7007, at(XDP));
    }

    @Test
    void a_third_party_between_plan_and_commit_makes_it_stale() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE))) {
            stage.world.attach(stage.place(XDP), 7007);
            SwapOutcome outcome = stage.commit(prepared);
            assertInstanceOf(SwapOutcome.Stale.class, outcome);
            assertEquals(
                    "eth0/xdp: #7007, which somebody else put there",
                    outcome.summary().state());
        }
        assertEquals(7007, at(XDP));
        assertEquals(List.of(), stage.world.ways());
        assertTrue(stage.guardians.alive.isEmpty());
        assertEquals(SwapRecord.Standing.STALE, stage.engine.swaps().get(0).standing());
    }

    @Test
    void a_third_party_right_after_the_commit_is_left_alone() {
        stage.world.afterReplace = Optional.of(() -> stage.world.attach(stage.place(XDP), 7007));
        assertInstanceOf(SwapOutcome.Stale.class, stage.swap(Stage.request("prog:4027", XDP)));
        assertEquals(7007, at(XDP));
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void a_driver_that_refuses_leaves_the_old_program_and_says_so() {
        stage.world.refusals.put(
                stage.place(XDP),
                new KernelException(new Problem("BPF_LINK_UPDATE", XDP, 34, "the MTU is too large without frags")));
        SwapOutcome outcome = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE));
        assertInstanceOf(SwapOutcome.Failed.class, outcome);
        assertEquals("eth0/xdp: xdp_fw #3815", outcome.summary().state());
        assertTrue(outcome.why().contains("the MTU is too large without frags"), outcome.why());
        assertTrue(stage.guardians.alive.isEmpty());
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void a_device_that_goes_between_plan_and_commit_makes_it_stale() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP))) {
            stage.world.places.remove(stage.place(XDP));
            SwapOutcome outcome = stage.commit(prepared);
            assertInstanceOf(SwapOutcome.Stale.class, outcome);
            assertEquals("eth0/xdp: the place is gone", outcome.summary().state());
        }
    }

    @Test
    void a_wrong_expectation_is_stale_and_nothing_is_done() {
        SwapOutcome outcome = stage.swap(Stage.request("prog:4027", XDP).expecting(Expectation.parse("prog:977")));
        assertInstanceOf(SwapOutcome.Stale.class, outcome);
        assertEquals(3815, at(XDP));
        assertEquals(0, stage.world.replacements);
    }

    @Test
    void a_phrase_typed_wrong_is_refused_and_may_be_typed_again() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP))) {
            assertInstanceOf(
                    SwapOutcome.Refused.class,
                    stage.engine.commit(prepared, new Consent.Typed("eth1"), Progress.SILENT));
            assertInstanceOf(SwapOutcome.Swapped.class, stage.commit(prepared));
            assertInstanceOf(SwapOutcome.Refused.class, stage.commit(prepared));
        }
    }

    @Test
    void without_a_terminal_every_warning_is_accepted_by_name() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP))) {
            assertEquals(
                    Set.of(GuardName.MAPS, GuardName.OWNER), prepared.plan().warned());
            SwapOutcome refused =
                    stage.engine.commit(prepared, new Consent.Given(Stage.accepted(GuardName.MAPS)), Progress.SILENT);
            assertEquals("warned and not accepted: owner", refused.why());
            assertInstanceOf(
                    SwapOutcome.Swapped.class,
                    stage.engine.commit(
                            prepared,
                            new Consent.Given(Stage.accepted(GuardName.MAPS, GuardName.OWNER)),
                            Progress.SILENT));
        }
    }

    @Test
    void a_failed_guard_cannot_be_overridden() {
        SwapOutcome outcome = stage.swap(Stage.request("prog:2647", XDP));
        assertInstanceOf(SwapOutcome.Refused.class, outcome);
        assertTrue(outcome.why().startsWith("candidate-fits-hook: "), outcome.why());
        assertEquals(List.of(), stage.journal.lines);
    }

    @Test
    void the_next_swap_of_a_place_lets_go_of_the_way_back_before_it() {
        String first = stage.swap(Stage.request("prog:4027", XDP)).summary().id();
        assertEquals(List.of(first), stage.world.ways());
        String second;
        try (PreparedSwap prepared =
                stage.engine.plan(Stage.request("prog:7007", XDP), Stage.seeing(stage.snapshot, XDP, 4027))) {
            second = prepared.plan().id();
            assertInstanceOf(SwapOutcome.Swapped.class, stage.commit(prepared));
        }
        assertEquals(List.of(second), stage.world.ways());
    }

    @Test
    void forgetting_lets_the_old_program_go() {
        String id = stage.swap(Stage.request("prog:4027", XDP)).summary().id();
        stage.engine.forget(id);
        assertEquals(List.of(), stage.world.ways());
        assertInstanceOf(SwapOutcome.Failed.class, stage.engine.revert(id));
        assertEquals(4027, at(XDP));
    }

    @Test
    void a_pending_swap_is_not_forgotten() {
        String id = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE))
                .summary()
                .id();
        assertThrows(NotUnderstoodException.class, () -> stage.engine.forget(id));
    }

    @Test
    void the_last_swap_of_another_user_is_named_by_its_id_only() {
        String id = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE))
                .summary()
                .id();
        SwapEngine other = stage.engineOf("mallory");
        assertThrows(NotUnderstoodException.class, () -> other.confirm("last"));
        assertThrows(NotUnderstoodException.class, () -> other.revert("last"));
        assertInstanceOf(SwapOutcome.Confirmed.class, other.confirm(id));
    }

    @Test
    void a_second_swap_of_a_pending_place_is_refused() {
        stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE));
        SwapOutcome second = stage.swap(Stage.request("prog:7007", XDP));
        assertInstanceOf(SwapOutcome.Refused.class, second);
        assertTrue(second.why().contains("lock: eth0/xdp: swap "), second.why());
    }

    @Test
    void a_new_program_that_never_runs_where_the_old_one_did_is_said() {
        stage.world.kernel.counts = counts(5);
        SwapOutcome outcome;
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP))) {
            stage.world.kernel.counts = counts(9);
            outcome = stage.commit(prepared);
        }
        assertEquals(1, outcome.summary().notes().size());
        assertEquals(100, stage.pauses.size());
    }

    private static Map<Integer, RunCounts> counts(long old) {
        return Map.of(3815, new RunCounts(old, 0), 4027, new RunCounts(0, 0));
    }

    @Test
    void a_guard_process_that_is_gone_before_the_commit_stops_it() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE))) {
            stage.guardians.die();
            assertInstanceOf(SwapOutcome.Failed.class, stage.commit(prepared));
        }
        assertEquals(3815, at(XDP));
    }

    @Test
    void a_guard_process_that_dies_during_the_commit_undoes_it() {
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE))) {
            stage.world.afterReplace = Optional.of(() -> stage.guardians.die());
            assertInstanceOf(SwapOutcome.Failed.class, stage.commit(prepared));
        }
        assertEquals(3815, at(XDP));
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void pins_of_the_old_program_are_renewed_when_asked_and_put_back_with_it() {
        Path pin = folder.resolve("pin");
        Snapshot pinned = Stage.pinned(stage.snapshot, 3815, pin);
        stage.world.pin(stage.world.program(3815), pin);
        SwapRequest request = Stage.request("prog:4027", XDP).withPins(SwapRequest.Pins.RENEW);
        try (PreparedSwap prepared = stage.engine.plan(request, pinned)) {
            assertInstanceOf(SwapOutcome.Swapped.class, stage.commit(prepared));
        }
        assertEquals(ObjectId.prog(4027), stage.world.pinned(pin));
        stage.engine.revert("last");
        assertEquals(ObjectId.prog(3815), stage.world.pinned(pin));
    }

    @Test
    void the_way_back_of_another_swap_is_not_carried_along() throws IOException {
        Path other = Files.createDirectories(folder.resolve("bpfbay/20261121-225107-3f0a1c"))
                .resolve("old-0");
        Snapshot pinned = Stage.pinned(stage.snapshot, 3815, other);
        stage.world.pin(stage.world.program(3815), other);
        SwapRequest request = Stage.request("prog:4027", XDP).withPins(SwapRequest.Pins.RENEW);
        try (PreparedSwap prepared = stage.engine.plan(request, pinned)) {
            assertInstanceOf(SwapOutcome.Swapped.class, stage.commit(prepared));
        }
        assertEquals(ObjectId.prog(3815), stage.world.pinned(other));
    }
}

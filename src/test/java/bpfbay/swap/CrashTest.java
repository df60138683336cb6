package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.MemoryJournal;
import bpfbay.testing.MemoryJournal.Killed;
import bpfbay.testing.MemoryJournal.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** bpfbay is killed at each line of the journal; recovery names what stands there and leaves nothing of ours. */
class CrashTest {
    private static final String XDP = "eth0/xdp";
    private static final String LXC = "lxc12a/tcx/ingress/1";
    private static final ConfirmWindow MINUTE = new ConfirmWindow.Within(Duration.ofSeconds(60));

    /** As the engine appends them: one append a step; that a swap is pending is written with the last. */
    private static final List<JournalEvent> STEPS = List.of(
            JournalEvent.PLANNED,
            JournalEvent.WAY_BACK,
            JournalEvent.COMMITTING,
            JournalEvent.COMMITTED,
            JournalEvent.VERIFIED);

    @TempDir
    Path folder;

    private record Death(int step, Reach reach, ConfirmWindow window) {
        @Override
        public String toString() {
            return STEPS.get(step) + " " + reach + " " + window;
        }
    }

    static Stream<Death> deaths() {
        return Stream.of(new ConfirmWindow.None(), MINUTE)
                .flatMap(window -> IntStream.range(0, STEPS.size()).boxed().flatMap(step -> Stream.of(Reach.values())
                        .map(reach -> new Death(step, reach, window))));
    }

    private static Stage killed(Path folder, Death death, SwapRequest request) {
        Stage stage = new Stage(folder);
        stage.journal.killedAt = Optional.of(death.step());
        stage.journal.reach = death.reach();
        assertThrows(Killed.class, () -> stage.commit(stage.plan(request.confirming(death.window()))));
        stage.die();
        return stage;
    }

    private static boolean isFinished(Death death) {
        return death.step() == STEPS.indexOf(JournalEvent.VERIFIED)
                && death.reach() == Reach.DISK
                && death.window() != MINUTE;
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void with_no_guard_process_recovery_undoes_what_nobody_finished(Death death) {
        Stage stage = killed(folder, death, Stage.request("prog:4027", XDP));
        stage.guardians.die();
        List<Recovery> found = stage.engine.recover();
        if (isFinished(death)) {
            assertEquals(4027, stage.world.at(stage.place(XDP)));
            assertEquals(1, stage.world.ways().size());
            return;
        }
        assertEquals(3815, stage.world.at(stage.place(XDP)));
        assertNothingLeft(stage);
        assertEquals(List.of(), stage.engine.recover(), "a second recovery finds nothing");
        assertFalse(death.step() > 0 && found.isEmpty(), "it is named");
    }

    private static void assertNothingLeft(Stage stage) {
        assertEquals(List.of(), stage.world.ways());
        assertTrue(stage.locks.taken.isEmpty());
        assertTrue(stage.guardians.alive.isEmpty());
        assertEquals(0, stage.world.openDescriptors());
        assertEquals(0, stage.ground.controls().toFile().list().length);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void a_guard_process_goes_on_alone_and_puts_the_old_program_back(Death death) {
        Stage stage = killed(folder, death, Stage.request("prog:4027", XDP));
        boolean isGuarded = !stage.guardians.alive.isEmpty();
        List<Recovery> before = stage.engine.recover();
        if (isGuarded) {
            assertEquals(
                    List.of(Recovery.State.UNDER_WAY),
                    before.stream().map(Recovery::state).toList());
        }
        stage.guardians.deadline();
        stage.engine.recover();
        if (!isFinished(death)) {
            assertEquals(3815, stage.world.at(stage.place(XDP)));
            assertNothingLeft(stage);
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void what_a_third_party_put_there_meanwhile_is_named_and_left(Death death) {
        Stage stage = killed(folder, death, Stage.request("prog:4027", XDP));
        stage.guardians.die();
        stage.world.attach(stage.place(XDP), 7007);
        List<Recovery> found = stage.engine.recover();
        assertEquals(7007, stage.world.at(stage.place(XDP)));
        boolean isBegun = death.step() > 2 || (death.step() == 2 && death.reach() == Reach.DISK);
        if (isBegun && !isFinished(death)) {
            assertEquals(Recovery.State.OTHER, found.get(0).state());
            assertTrue(found.get(0).found().get(0).contains("#7007"), found::toString);
            assertNothingLeft(stage);
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void a_group_is_all_old_again(Death death) {
        Stage stage = killed(folder, death, Stage.request("prog:977", LXC, "lxc34b/tcx/ingress/1"));
        stage.guardians.die();
        stage.engine.recover();
        int expected = isFinished(death) ? 977 : 1555;
        assertEquals(expected, stage.world.at(stage.place(LXC)));
        assertEquals(expected, stage.world.at(stage.place("lxc34b/tcx/ingress/1")));
    }

    @Test
    void a_crash_between_the_calls_of_a_group_leaves_a_mixed_state_that_is_undone() {
        Stage stage = new Stage(folder);
        stage.world.afterReplace = Optional.of(() -> stage.world.beforeReplace = Optional.of(() -> {
            throw new Killed();
        }));
        assertThrows(
                Killed.class, () -> stage.commit(stage.plan(Stage.request("prog:977", LXC, "lxc34b/tcx/ingress/1"))));
        stage.die();
        List<Recovery> found = stage.engine.recover();
        assertEquals(Recovery.State.MIXED, found.get(0).state());
        assertEquals(1555, stage.world.at(stage.place(LXC)));
        assertNothingLeft(stage);
    }

    @Test
    void a_confirmation_after_both_were_killed_is_still_possible() {
        Stage stage = new Stage(folder);
        String id = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE))
                .summary()
                .id();
        stage.die();
        stage.guardians.die();
        assertEquals(SwapRecord.Standing.UNFINISHED, stage.engine.swaps().get(0).standing());
        assertEquals("confirmed", stage.engine.confirm(id).word());
        assertEquals(4027, stage.world.at(stage.place(XDP)));
    }

    @Test
    void of_another_boot_it_says_what_is_gone() {
        Stage stage = new Stage(folder);
        String id = stage.swap(Stage.request("prog:4027", XDP).confirming(MINUTE))
                .summary()
                .id();
        stage.die();
        stage.guardians.die();
        List<JournalEntry> old = new ArrayList<>(stage.journal.lines);
        stage.journal.lines.clear();
        old.forEach(line -> stage.journal.lines.add(ofAnotherBoot(line)));
        assertEquals("refused", stage.engine.revert(id).word());
        List<Recovery> found = stage.engine.recover();
        assertEquals(Recovery.State.GONE, found.get(0).state());
        assertTrue(found.get(0).found().get(0).contains("gone with the boot"), found::toString);
        assertEquals(List.of(), stage.engine.recover());
    }

    private static JournalEntry ofAnotherBoot(JournalEntry line) {
        return new JournalEntry(
                "another-boot",
                line.at(),
                line.swap(),
                line.event(),
                line.member(),
                line.ref(),
                line.primitive(),
                line.from(),
                line.to(),
                line.linkId(),
                line.by(),
                line.anchor(),
                line.detail());
    }

    @Test
    void pins_of_a_swap_that_no_journal_knows_are_removed() {
        Stage stage = killed(
                folder,
                new Death(0, MemoryJournal.Reach.NOTHING, new ConfirmWindow.None()),
                Stage.request("prog:4027", XDP));
        assertEquals(1, stage.world.ways().size());
        stage.engine.recover();
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void a_plan_at_its_prompt_is_left_alone() {
        Stage stage = new Stage(folder);
        try (PreparedSwap prepared = stage.plan(Stage.request("prog:4027", XDP).confirming(MINUTE))) {
            assertEquals(
                    List.of(Recovery.State.UNDER_WAY),
                    stage.engine.recover().stream().map(Recovery::state).toList());
            assertEquals("pending", stage.commit(prepared).word());
        }
    }
}

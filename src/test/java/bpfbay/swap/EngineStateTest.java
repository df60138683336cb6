package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.journal.StateFolders;
import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.StateFiles;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.model.Problem;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that do not take the journal, what is left of other boots and versions, and clocks that are set back. */
@InNetns
class EngineStateTest {
    private static final ConfirmWindow NONE = new ConfirmWindow.None();
    private static final ConfirmWindow SECOND = new ConfirmWindow.Within(Duration.ofSeconds(1));
    private static final ConfirmWindow HOUR = new ConfirmWindow.Within(Duration.ofHours(1));

    private EngineGround ground;
    private Path disk;
    private StateFolders folders;

    @BeforeEach
    void set() {
        ground = new EngineGround();
        disk = ground.folder.resolve("disk");
        folders = new StateFolders(disk, ground.folder.resolve("run"), Optional.empty());
    }

    @AfterEach
    void clear() {
        Tool.attempt("umount", disk.toString());
        ground.close();
    }

    private RealEngine engine(StateFiles files, Clock clock) {
        return new RealEngine(folders, files, clock, journal -> journal);
    }

    private void mount(String options) {
        Tool.run("mkdir", "-p", disk.toString());
        Tool.run("mount", "-t", "tmpfs", "-o", options, "none", disk.toString());
    }

    /* swapped in spite of it, with the warning, and undone by what the other journal says */
    private static void assertDoneAllTheSame(RealEngine real, PreparedSwap prepared, Staged staged, String warning) {
        SwapOutcome outcome = real.commit(prepared);
        assertTrue(outcome instanceof SwapOutcome.Swapped || outcome instanceof SwapOutcome.Pending, outcome::toString);
        List<String> notes = outcome.summary().notes();
        assertTrue(notes.stream().anyMatch(note -> note.contains(warning)), outcome::toString);
        RealEngine.of(real.look(), staged.next());
    }

    private static void assertUndone(RealEngine real, Staged staged) {
        SwapOutcome reverted = real.engine.revert("last");
        assertInstanceOf(SwapOutcome.Reverted.class, reverted, reverted::toString);
        RealEngine.of(real.look(), staged.old());
        real.engine.recover();
        assertEquals(List.of(), EngineGround.entries(EngineGround.PINS.resolve("bpfbay")));
        assertEquals(List.of(), EngineGround.entries(real.folders.locks()));
        assertEquals(List.of(), EngineGround.entries(real.folders.controls()));
    }

    @Test
    void a_disk_that_is_read_only_from_the_plan_on_is_passed_over() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        mount("size=1m");
        for (ConfirmWindow window : List.of(NONE, HOUR)) {
            Tool.run("mount", "-o", "remount,rw", disk.toString());
            try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
                try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), window)) {
                    Tool.run("mount", "-o", "remount,ro", disk.toString());
                    assertDoneAllTheSame(real, prepared, staged, disk + ": EROFS");
                }
                assertUndone(real, staged);
            }
        }
    }

    @Test
    void a_disk_that_was_read_only_already_is_warned_of_in_the_plan() {
        Staged staged = ground.staged(Kind.TCX_LINK);
        mount("ro");
        try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
                GuardResult wayBack = prepared.plan().guard(GuardName.WAY_BACK).orElseThrow();
                assertTrue(wayBack.isWarning() && wayBack.toString().contains("EROFS"), wayBack::toString);
                assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
            }
            assertUndone(real, staged);
        }
    }

    @Test
    void where_no_journal_can_be_written_nothing_is_swapped() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        Full files = new Full();
        try (RealEngine real = engine(files, Clock.systemUTC())) {
            for (ConfirmWindow window : List.of(NONE, HOUR)) {
                files.isFull = false;
                try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), window)) {
                    files.isFull = true;
                    SwapOutcome outcome = real.commit(prepared);
                    assertInstanceOf(SwapOutcome.Failed.class, outcome, outcome::toString);
                    assertTrue(outcome.why().contains("nothing was done"), outcome::toString);
                }
                ground.assertStands(staged.old());
                ground.assertNothingLeft();
                try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), window)) {
                    GuardResult wayBack =
                            prepared.plan().guard(GuardName.WAY_BACK).orElseThrow();
                    assertTrue(wayBack.isFailed() && wayBack.toString().contains("ENOSPC"), wayBack::toString);
                }
                ground.assertNothingLeft();
            }
        }
    }

    /** Disks that are full all of a sudden. */
    private static final class Full implements StateFiles {
        private final StateFiles files = new LibbpfStateFiles();
        private boolean isFull;

        @Override
        public void makeFolder(Path folder) {
            files.makeFolder(folder);
        }

        @Override
        public void append(Path file, byte[] lines) {
            if (isFull) {
                throw new KernelException(new Problem("write", file.toString(), Errno.ENOSPC, ""));
            }
            files.append(file, lines);
        }
    }

    @Test
    void a_disk_that_is_still_full_at_the_next_swap_is_warned_of_again() {
        Staged staged = ground.staged(Kind.XDP_LINK);
        mount("ro");
        try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
            for (int i = 0; i < 2; i++) {
                try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), NONE)) {
                    GuardResult wayBack =
                            prepared.plan().guard(GuardName.WAY_BACK).orElseThrow();
                    assertTrue(wayBack.isWarning() && wayBack.toString().contains("EROFS"), wayBack::toString);
                }
            }
        }
    }

    @Test
    void a_disk_that_fills_up_on_the_way_is_passed_over() throws IOException {
        Staged staged = ground.staged(Kind.FILTER);
        mount("size=4k");
        // what the plan writes still fits
        Files.writeString(disk.resolve("journal.jsonl"), (" ".repeat(99) + "\n").repeat(18));
        try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), NONE)) {
                assertEquals(
                        List.of(),
                        prepared.plan().guard(GuardName.WAY_BACK).orElseThrow().evidence().stream()
                                .filter(line -> line.contains("ENOSPC"))
                                .toList());
                assertDoneAllTheSame(real, prepared, staged, disk + ": ENOSPC");
            }
            assertUndone(real, staged);
        }
    }

    @Tag("host")
    @Test
    void a_disk_that_hangs_from_the_plan_on_is_not_waited_for() throws InterruptedException {
        Staged staged = ground.staged(Kind.CGROUP_PROGRAM);
        CountDownLatch answers = new CountDownLatch(1);
        Hanging files = new Hanging(disk, answers);
        try (RealEngine real = engine(files, Clock.systemUTC())) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
                files.hangs = true;
                assertDoneAllTheSame(real, prepared, staged, disk + ": no answer within ");
            }
            answers.countDown();
            assertUndone(real, staged);
        }
    }

    /** Files on one disk that does not answer. */
    private static final class Hanging implements StateFiles {
        private final StateFiles files = new LibbpfStateFiles();
        private final Path disk;
        private final CountDownLatch answers;
        private volatile boolean hangs;

        private Hanging(Path disk, CountDownLatch answers) {
            this.disk = disk;
            this.answers = answers;
        }

        @Override
        public void makeFolder(Path folder) {
            files.makeFolder(folder);
        }

        @Override
        public void append(Path file, byte[] lines) {
            try {
                if (hangs && file.startsWith(disk)) {
                    answers.await();
                }
                files.append(file, lines);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Tag("host")
    @Test
    void what_an_older_version_or_a_damaged_disk_left_is_in_nobodys_way() throws IOException {
        Staged staged = ground.staged(Kind.TCX_PROGRAM);
        Files.createDirectories(disk);
        Files.writeString(
                disk.resolve("journal.jsonl"),
                "{\"schema\":0,\"swap\":\"ancient\"}\n\0\0\0\0\n{\"schema\":1,\"at\":\"yesterday\"}\nnonsense\n{\"sch");
        Files.createDirectories(folders.locks());
        Files.writeString(folders.locks().resolve("0123456789abcdef"), "nobody's");
        Files.createDirectories(folders.controls());
        Files.writeString(folders.controls().resolve("ancient"), "");
        Files.createDirectories(EngineGround.PINS.resolve("bpfbay/ancient"));
        try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
                assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
            }
            assertEquals(1, real.engine.swaps().size());
            assertInstanceOf(SwapOutcome.Confirmed.class, real.engine.confirm("last"));
            assertUndone(real, staged);
        }
    }

    @Tag("host")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_another_boot_it_is_said_what_is_gone_and_nothing_is_undone(boolean isRecovered) throws IOException {
        Staged staged = ground.staged(Kind.XDP_NETLINK);
        try (RealEngine real = engine(new LibbpfStateFiles(), Clock.systemUTC())) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), HOUR)) {
                assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
            }
            SwapRecord swap = real.engine.swaps().get(0);
            EngineGround.kill(swap.guardPid().orElseThrow());
            Path journal = disk.resolve("journal.jsonl");
            Files.writeString(
                    journal, Files.readString(journal).replace(swap.bootId(), "00000000-dead-4000-8000-000000000000"));
            if (isRecovered) {
                List<Recovery> found = real.engine.recover();
                assertEquals(Recovery.State.GONE, found.get(0).state());
                String line = found.get(0).found().get(0);
                assertTrue(line.contains("old #" + Integer.toUnsignedString(staged.old())), line);
                assertTrue(line.endsWith("are gone with the boot they were of"), line);
                assertEquals(List.of(), real.engine.recover());
            }
            for (SwapOutcome refused : List.of(real.engine.revert(swap.id()), real.engine.confirm(swap.id()))) {
                assertInstanceOf(SwapOutcome.Refused.class, refused, refused::toString);
                assertEquals("it is of another boot, its programs are gone", refused.why());
            }
            RealEngine.of(real.look(), staged.next());
            real.engine.recover();
            assertEquals(List.of(), EngineGround.entries(EngineGround.PINS.resolve("bpfbay")));
        }
    }

    /** Goes back by ten years when it is told to. */
    private static final class SetBack extends Clock {
        private Duration by = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().minus(by);
        }
    }

    @Tag("host")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_clock_that_is_set_back_does_not_lengthen_the_window(boolean isBeforeCommit) {
        Staged staged = ground.staged(Kind.CGROUP_LINK);
        SetBack clock = new SetBack();
        try (RealEngine real = engine(new LibbpfStateFiles(), clock)) {
            try (PreparedSwap prepared = real.plan(staged.old(), staged.next(), SECOND)) {
                if (isBeforeCommit) {
                    clock.by = Duration.ofDays(3650);
                }
                assertInstanceOf(SwapOutcome.Pending.class, real.commit(prepared));
            }
            clock.by = Duration.ofDays(3650);
            SwapRecord swap = real.engine.swaps().get(0);
            EngineGround.await(() -> !Files.exists(folders.controls().resolve(swap.id())));
            RealEngine.of(real.look(), staged.old());
            assertEquals(
                    SwapRecord.Standing.REVERTED, real.engine.swaps().get(0).standing());
            assertEquals(List.of(), real.engine.recover());
        }
    }
}

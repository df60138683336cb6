package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.StateFiles;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@InNetns
final class FileJournalTest {
    private static final StateFiles FILES = new LibbpfStateFiles();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long NEVER_FULL = 1L << 40;
    private static final JournalEntry ONE = Entries.numbered(JournalEvent.PLANNED, 1);
    private static final JournalEntry TWO = Entries.numbered(JournalEvent.COMMITTING, 2);

    private Path base = Path.of("/");
    private StateFolders folders = StateFolders.in(base);

    @BeforeEach
    void make_a_folder() throws IOException {
        base = Files.createTempDirectory("bpfbay-journal");
        folders = StateFolders.in(base.resolve("state"));
    }

    @AfterEach
    void remove_it() {
        Tool.attempt("umount", folders.state().toString());
        Tool.run("rm", "-rf", base.toString());
    }

    private FileJournal journal() {
        return journal(FILES, LONG, NEVER_FULL);
    }

    private FileJournal journal(StateFiles files, Duration patience, long full) {
        return new FileJournal(folders, files, new LibbpfFileLocks(), patience, full);
    }

    private Path file() {
        return folders.journals().get(0);
    }

    @Test
    void entries_are_read_in_the_order_in_which_they_were_written() {
        FileJournal journal = journal();
        journal.append(List.of(ONE, TWO));
        journal.append(List.of(Entries.planned(Entries.places().get(0))));
        assertEquals(
                List.of(ONE, TWO, Entries.planned(Entries.places().get(0))),
                journal().read());
        assertEquals(List.of(), journal.warnings());
    }

    @Test
    void what_nobody_has_written_to_is_read_once() {
        FileJournal reader = journal();
        journal().append(List.of(ONE));
        List<JournalEntry> first = reader.read();
        assertSame(first, reader.read());
        journal().append(List.of(TWO));
        assertEquals(List.of(ONE, TWO), reader.read());
    }

    @Tag("host")
    @Test
    void reading_makes_nothing() {
        assertEquals(List.of(), journal().read());
        assertFalse(Files.exists(folders.state()));
    }

    @Tag("host")
    @Test
    void folder_and_file_are_for_their_owner_alone() throws IOException {
        journal().append(List.of(ONE));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.state())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Tag("host")
    @Test
    void a_folder_that_cannot_be_made_is_passed_over_with_a_warning() throws IOException {
        Files.createDirectories(base);
        Files.createFile(folders.state());
        folders = new StateFolders(folders.state(), base.resolve("run"), folders.blindSpot());
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        assertEquals(
                List.of("the journal went to " + base + "/run/journal.jsonl: " + base + "/state: EEXIST"),
                journal.warnings());
        assertEquals(List.of(ONE), journal.read());
    }

    @Tag("host")
    @Test
    void a_read_only_disk_is_passed_over_with_a_warning() {
        mountTmpfs("ro");
        folders = new StateFolders(folders.state(), base.resolve("run"), folders.blindSpot());
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        journal.append(List.of(TWO));
        assertEquals(
                List.of("the journal went to " + base + "/run/journal.jsonl: " + base + "/state: EROFS"),
                journal.warnings());
        assertEquals(List.of(ONE, TWO), journal.read());
    }

    @Tag("host")
    @Test
    void a_disk_that_takes_a_part_of_the_lines_has_them_read_once() throws IOException {
        mountTmpfs("size=64k");
        folders = new StateFolders(folders.state(), base.resolve("run"), folders.blindSpot());
        FileJournal journal = journal();
        List<JournalEntry> many = IntStream.range(0, 1000)
                .mapToObj(number -> Entries.numbered(JournalEvent.COMMITTED, number))
                .toList();
        journal.append(many);
        List<String> warnings = journal.warnings();
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).endsWith("/state: ENOSPC"), warnings::toString);
        assertTrue(Files.size(file()) > 0);
        assertEquals(many, journal.read());
    }

    @Tag("host")
    @Test
    void where_nothing_can_be_written_it_is_said() {
        mountTmpfs("ro");
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        assertEquals(
                List.of("the journal could not be written: " + base + "/state: EROFS; " + base + "/state/run: EROFS"),
                journal.warnings());
    }

    private void mountTmpfs(String options) {
        Tool.run("mkdir", "-p", folders.state().toString());
        Tool.run("mount", "-t", "tmpfs", "-o", options, "none", folders.state().toString());
    }

    @Tag("host")
    @Test
    void a_pipe_in_place_of_the_file_swallows_nothing() {
        FILES.makeFolder(folders.state());
        Tool.run("mkfifo", file().toString());
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        assertEquals(
                List.of("the journal went to " + folders.journals().get(1) + ": " + folders.state() + ": ESPIPE"),
                journal.warnings());
        assertEquals(List.of(ONE), journal.read());
        assertEquals(List.of(file() + ": it is not a file"), journal.warnings());
    }

    @Tag("host")
    @Test
    void a_disk_that_does_not_answer_is_not_waited_for_again() throws InterruptedException {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        FileJournal journal = journal(new Hanging(file(), disk, answered), SHORT, NEVER_FULL);
        journal.append(List.of(ONE));
        journal.append(List.of(TWO));
        assertEquals(
                List.of("the journal went to " + folders.journals().get(1) + ": " + folders.state()
                        + ": no answer within 50 ms"),
                journal.warnings());
        disk.countDown();
        answered.await();
        // one writer was stuck, and no second one
        assertEquals(EntryWriter.lines(List.of(ONE)).length, file().toFile().length());
        assertEquals(List.of(ONE, TWO), journal.read());
    }

    @Tag("host")
    @Test
    void a_sync_that_ends_late_leaves_its_lines_once() throws InterruptedException {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        FileJournal journal = journal(new Hanging(file(), disk, answered), SHORT, NEVER_FULL);
        journal.append(List.of(ONE));
        assertEquals(1, journal.warnings().size());
        disk.countDown();
        answered.await();
        assertEquals(List.of(ONE), journal.read());
        assertTrue(Files.exists(file()));
    }

    /** Real files, one of which hangs until it is let go. */
    private record Hanging(Path file, CountDownLatch disk, CountDownLatch answered) implements StateFiles {
        @Override
        public void makeFolder(Path folder) {
            FILES.makeFolder(folder);
        }

        @Override
        public void append(Path to, byte[] lines) {
            try {
                if (to.equals(file)) {
                    disk.await();
                }
                FILES.append(to, lines);
                if (to.equals(file)) {
                    answered.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Tag("host")
    @Test
    void entries_of_both_places_are_read_by_time_and_each_keeps_its_order() {
        JournalEntry early = Entries.at(ONE.at().minusSeconds(9), JournalEvent.PLANNED, "early");
        JournalEntry setBack = Entries.at(ONE.at().minusSeconds(99), JournalEvent.VERIFIED, "set-back");
        FILES.makeFolder(folders.run());
        FILES.append(folders.journals().get(1), EntryWriter.lines(List.of(early, TWO)));
        FILES.append(file(), EntryWriter.lines(List.of(ONE, setBack)));
        List<JournalEntry> read = journal().read();
        assertEquals(early, read.get(0));
        assertTrue(read.indexOf(ONE) < read.indexOf(setBack));
        assertEquals(4, read.size());
    }

    @Tag("host")
    @Test
    void damaged_lines_are_named_and_left_out() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        Files.writeString(file(), "\0\0\0\n{\"schema\":\n\n", StandardOpenOption.APPEND);
        journal.append(List.of(TWO));
        assertEquals(List.of(ONE, TWO), journal.read());
        assertEquals(List.of(file() + ":2: it is not JSON", file() + ":3: it is not JSON"), journal.warnings());
        journal.read();
        assertEquals(List.of(), journal.warnings());
    }

    @Tag("host")
    @Test
    void many_damaged_lines_are_counted() throws IOException {
        journal().append(List.of(ONE));
        Files.writeString(file(), "x\n".repeat(500), StandardOpenOption.APPEND);
        FileJournal journal = journal();
        assertEquals(List.of(ONE), journal.read());
        List<String> warnings = journal.warnings();
        assertEquals(11, warnings.size());
        assertEquals(file() + ": 490 more lines are damaged", warnings.get(10));
    }

    @Tag("host")
    @Test
    void wherever_a_line_is_cut_the_others_are_whole() throws IOException {
        byte[] first = EntryWriter.lines(List.of(ONE));
        byte[] cut = EntryWriter.lines(List.of(Entries.planned(Entries.places().get(9))));
        FILES.makeFolder(folders.state());
        for (int length = 0; length < cut.length; length++) {
            Files.write(file(), first);
            Files.write(file(), Arrays.copyOf(cut, length), StandardOpenOption.APPEND);
            FileJournal journal = journal();
            journal.append(List.of(TWO));
            List<JournalEntry> read = new ArrayList<>(journal.read());
            // only its line feed was cut off
            read.remove(Entries.planned(Entries.places().get(9)));
            assertEquals(List.of(ONE, TWO), read, "cut at " + length);
            assertEquals(
                    length == 0 || length == cut.length - 1 ? 0 : 1,
                    journal.warnings().size(),
                    "cut at " + length);
        }
    }

    @Tag("host")
    @Test
    void of_an_absurdly_large_file_the_end_is_read() throws IOException {
        FILES.makeFolder(folders.state());
        Tool.run("truncate", "-s", "1T", file().toString());
        FileJournal journal = journal();
        journal.append(List.of(ONE));
        assertEquals(List.of(ONE), journal.read());
        assertTrue(journal.warnings().get(0).contains("only its last"));
    }

    @Tag("host")
    @Test
    void full_files_are_set_aside_and_read() throws IOException {
        FileJournal journal = journal(FILES, LONG, 400);
        List<JournalEntry> all = IntStream.range(0, 20)
                .mapToObj(number -> Entries.numbered(JournalEvent.COMMITTED, number))
                .toList();
        all.forEach(entry -> journal.append(List.of(entry)));
        List<JournalEntry> read = journal.read();
        assertEquals(all.subList(all.size() - read.size(), all.size()), read);
        assertTrue(read.size() >= 7 && read.size() < 20, read::toString);
        assertEquals(
                4,
                Tool.run("ls", folders.state().toString())
                        .lines()
                        .filter(name -> name.startsWith("journal.jsonl"))
                        .count());
        assertEquals(List.of(), journal.warnings());
    }

    @Tag("host")
    @Test
    void writers_at_once_lose_nothing_while_files_are_set_aside() throws Exception {
        long full = 40_000;
        List<Process> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            writers.add(JournalWriter.start(folders.state(), full, writer * 1000, 150));
        }
        FileJournal journal = journal(FILES, LONG, full);
        int seen = 0;
        while (writers.stream().anyMatch(Process::isAlive)) {
            int now = journal.read().size();
            assertTrue(now >= seen, "read " + now + " after " + seen);
            seen = now;
        }
        for (Process writer : writers) {
            assertEquals(0, writer.waitFor());
        }
        assertEquals(450, journal.read().size());
        assertEquals(List.of(), journal.warnings());
        assertTrue(Files.exists(file().resolveSibling("journal.jsonl.1")));
    }
}

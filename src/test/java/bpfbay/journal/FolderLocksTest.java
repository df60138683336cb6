package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.swap.Locks;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@InNetns
final class FolderLocksTest {
    private static final String HOOK = "xdp 4026531840 2";
    private static final Locks.Holder WE = new Locks.Holder("20261121-120000-3f", 812, "eth\udcff0/xdp");
    private static final Locks.Holder THEY = new Locks.Holder("20261121-120001-40", 813, "eth0/xdp");

    private Path base = Path.of("/");
    private StateFolders folders = StateFolders.in(base);
    private FolderLocks locks = locks();

    @BeforeEach
    void make_a_folder() throws IOException {
        base = Files.createTempDirectory("bpfbay-locks");
        folders = StateFolders.in(base.resolve("state"));
        locks = locks();
    }

    @AfterEach
    void remove_it() {
        Tool.run("rm", "-rf", base.toString());
    }

    private FolderLocks locks() {
        return new FolderLocks(folders, new LibbpfStateFiles(), new LibbpfFileLocks());
    }

    private Locks.Lock take(String hook) {
        return assertInstanceOf(Locks.Attempt.Taken.class, locks.take(hook, WE)).lock();
    }

    @Test
    void a_hook_is_locked_once_and_the_lock_says_by_whom() {
        try (Locks.Lock lock = take(HOOK)) {
            assertTrue(lock.descriptor().number() > 2);
            assertEquals(new Locks.Attempt.Held(WE), locks().take(HOOK, THEY));
            assertEquals(List.of(WE), locks().held());
        }
        assertEquals(List.of(), locks().held());
    }

    @Test
    void other_hooks_are_free() {
        try (Locks.Lock lock = take(HOOK);
                Locks.Lock other = take("tcx 4026531840 2 ingress")) {
            assertFalse(lock.descriptor().number() == other.descriptor().number());
        }
    }

    @Tag("host")
    @Test
    void a_lock_that_is_let_go_leaves_no_file() {
        take(HOOK).close();
        assertEquals("", Tool.run("ls", folders.locks().toString()));
        take(HOOK).close();
    }

    @Tag("host")
    @Test
    void closing_twice_takes_nobody_elses_lock_away() {
        Locks.Lock lock = take(HOOK);
        lock.close();
        try (Locks.Lock again = take(HOOK)) {
            lock.close();
            assertInstanceOf(Locks.Attempt.Held.class, locks().take(HOOK, THEY));
            assertTrue(again.descriptor().number() > 2);
        }
    }

    @Tag("host")
    @Test
    void looking_makes_nothing() {
        assertEquals(List.of(), locks.held());
        assertFalse(Files.exists(folders.state()));
    }

    @Tag("host")
    @Test
    void what_a_file_says_that_nobody_has_locked_means_nothing() throws IOException {
        Files.createDirectories(folders.locks());
        try (Locks.Lock lock = take(HOOK)) {
            Path file = Path.of("/proc/self/fd/" + lock.descriptor().number()).toRealPath();
            Files.copy(file, file.resolveSibling("stale"));
            assertEquals(List.of(WE), locks.held());
            locks.tidy();
            assertEquals(
                    file.getFileName() + "\n", Tool.run("ls", folders.locks().toString()));
        }
        assertEquals(List.of(), locks.held());
    }

    @Tag("host")
    @Test
    void a_process_that_is_given_the_file_keeps_the_lock() {
        Locks.Lock lock = take(HOOK);
        int copy = RawBpf.duplicate(lock.descriptor().number());
        lock.close();
        assertEquals(new Locks.Attempt.Held(WE), locks().take(HOOK, THEY));
        assertEquals(List.of(WE), locks().held());
        RawBpf.closeAll(copy);
        take(HOOK).close();
    }

    @Tag("host")
    @Test
    void a_lock_of_another_process_ends_with_it() throws Exception {
        Process other = LockHolder.start(folders.state(), HOOK);
        assertEquals('+', other.getInputStream().read());
        Locks.Attempt.Held held = assertInstanceOf(Locks.Attempt.Held.class, locks.take(HOOK, WE));
        assertEquals("of-another", held.holder().swap());
        assertEquals(other.pid(), held.holder().pid());
        other.destroyForcibly().waitFor();
        take(HOOK).close();
    }

    @Tag("host")
    @Test
    void where_no_lock_can_be_had_it_is_said() throws IOException {
        Files.createFile(folders.state());
        Locks.Attempt.Unknown unknown = assertInstanceOf(Locks.Attempt.Unknown.class, locks.take(HOOK, WE));
        assertTrue(unknown.why().contains("EEXIST"), unknown::why);
    }

    @Tag("host")
    @Test
    void a_file_that_says_nonsense_is_held_by_somebody_nameless() throws IOException {
        try (Locks.Lock lock = take(HOOK)) {
            Path file = Path.of("/proc/self/fd/" + lock.descriptor().number()).toRealPath();
            Files.writeString(file, "[[[");
            assertInstanceOf(Locks.Attempt.Held.class, locks().take(HOOK, THEY));
            assertEquals(1, locks().held().size());
        }
    }
}

package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFoldersTest {
    private static final String HOST =
            """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw,relatime - ext4 /dev/root rw
            31 27 0:24 / /run rw,nosuid - tmpfs tmpfs rw
            """;
    private static final String CONTAINER =
            """
            700 650 0:51 / / rw,relatime - overlay overlay rw
            701 700 0:21 / /proc rw,relatime - proc proc rw
            """;

    @TempDir
    private Path proc = Path.of("/");

    @BeforeEach
    void be_on_the_host() throws IOException {
        Files.createDirectories(proc.resolve("1"));
        Files.createDirectories(proc.resolve("thread-self"));
        Files.createDirectories(proc.resolve("self/ns"));
        pids("pid:[4026531836]");
        mounts("1", HOST);
        mounts("thread-self", HOST);
    }

    private void pids(String namespace) throws IOException {
        Path link = proc.resolve("self/ns/pid");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(namespace));
    }

    private void mounts(String process, String text) throws IOException {
        Files.writeString(proc.resolve(process).resolve("mountinfo"), text);
    }

    private void assertOurs() {
        StateFolders folders = StateFolders.ofHost(proc);
        assertEquals(Path.of("/var/lib/bpfbay"), folders.state());
        assertEquals(Path.of("/run/bpfbay"), folders.run());
    }

    @Test
    void on_the_host_they_are_those_that_everybody_knows() {
        assertOurs();
        assertEquals(Optional.empty(), StateFolders.ofHost(proc).blindSpot());
    }

    @Test
    void this_machine_is_its_own_host() {
        assertEquals(Optional.empty(), StateFolders.ofHost().blindSpot());
    }

    @Test
    void a_chosen_folder_has_both() {
        StateFolders folders = StateFolders.in(Path.of("/tmp/x/../y"));
        assertEquals(Path.of("/tmp/y/journal.jsonl"), folders.journals().get(0));
        assertEquals(Path.of("/tmp/y/run/journal.jsonl"), folders.journals().get(1));
        assertEquals(Path.of("/tmp/y/run/lock"), folders.locks());
        assertEquals(Path.of("/tmp/y/run/guard"), folders.controls());
    }

    @Test
    void in_a_container_that_sees_the_pids_of_the_host_they_are_the_hosts() throws IOException {
        mounts("thread-self", CONTAINER);
        Files.createDirectories(proc.resolve("1/root/var/lib"));
        Files.createDirectories(proc.resolve("1/root/run"));
        StateFolders folders = StateFolders.ofHost(proc);
        assertEquals(proc.resolve("1/root/var/lib/bpfbay"), folders.state());
        assertEquals(proc.resolve("1/root/run/bpfbay"), folders.run());
        assertEquals(Optional.empty(), folders.blindSpot());
    }

    @Test
    void a_folder_of_the_host_that_a_container_was_given_is_taken_as_it_is() throws IOException {
        mounts("thread-self", CONTAINER + "702 700 0:24 / /run rw - tmpfs tmpfs rw\n");
        Files.createDirectories(proc.resolve("1/root/var/lib"));
        assertEquals(Path.of("/run/bpfbay"), StateFolders.ofHost(proc).run());
    }

    @Test
    void a_mount_over_one_of_them_is_not_the_hosts() throws IOException {
        mounts("thread-self", HOST + "800 27 0:99 / /run rw - tmpfs tmpfs rw\n");
        Files.createDirectories(proc.resolve("1/root/run"));
        assertEquals(
                proc.resolve("1/root/run/bpfbay"), StateFolders.ofHost(proc).run());
    }

    @Test
    void a_host_that_cannot_be_reached_is_a_blind_spot() throws IOException {
        mounts("thread-self", CONTAINER);
        assertOurs();
        assertTrue(StateFolders.ofHost(proc).blindSpot().orElse("").contains("cannot be reached"));
    }

    @Test
    void a_container_with_pids_of_its_own_is_a_blind_spot() throws IOException {
        pids("pid:[4026532201]");
        assertOurs();
        assertTrue(StateFolders.ofHost(proc).blindSpot().orElse("").contains("pids of its own"));
    }

    @Test
    void mounts_that_cannot_be_read_are_a_blind_spot() throws IOException {
        Files.delete(proc.resolve("1/mountinfo"));
        assertOurs();
        assertTrue(StateFolders.ofHost(proc).blindSpot().orElse("").contains("cannot tell"));
    }
}

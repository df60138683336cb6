package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void it_has_the_descriptors_it_is_given_and_no_other() throws IOException {
        MessageSocket.Pair given = MessageSocket.pair("given");
        try (Fd fd = given.theirs();
                ChildProcess child = spawn(Path.of("/bin/sleep"), "60", fd)) {
            assertEquals(Set.of("0", "1", "2", "3", "4"), descriptorsOf(child.pid()));
            for (int standard = 0; standard < 3; standard++) {
                assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(proc(child.pid(), "fd/" + standard)));
            }
        }
        given.ours().close();
    }

    @Test
    void many_descriptors_arrive_in_their_order() throws IOException {
        List<Fd> many = IntStream.range(0, 300)
                .mapToObj(i -> (Fd) new OpenFd(LibcFiles.open(LibbpfLoader.cString(i % 2 == 0 ? "/" : "/proc"), 0)))
                .toList();
        try (ChildProcess child = attended("echo here >&3; read line <&3", many.toArray(Fd[]::new))) {
            child.socket().receive(SOON);
            for (int i = 0; i < many.size(); i++) {
                assertEquals(
                        Path.of(i % 2 == 0 ? "/" : "/proc"),
                        Files.readSymbolicLink(proc(child.pid(), "fd/" + (i + 4))));
            }
        }
        many.forEach(Fd::close);
    }

    @Test
    void no_signal_is_blocked_or_ignored_in_it() throws IOException {
        try (ChildProcess child = spawn(Path.of("/bin/sleep"), "60")) {
            String status = Files.readString(proc(child.pid(), "status"));
            for (String set : List.of("SigBlk", "SigIgn", "SigCgt")) {
                assertTrue(status.contains(set + ":\t0000000000000000\n"), status);
            }
        }
    }

    @Test
    void it_hears_and_answers() {
        try (ChildProcess child = attended("dd bs=1000 count=1 <&3 >&3; exit 7")) {
            child.socket().send("one\nmessage \udcff", SOON);
            assertEquals(
                    "one\nmessage \udcff",
                    child.socket().receive(SOON).orElseThrow().text());
            assertEquals(Optional.empty(), child.socket().receive(SOON));
            assertEquals(Optional.of(7), child.end().status());
        }
    }

    @Test
    void one_that_a_signal_ends_says_which() {
        try (ChildProcess child = attended("kill -SEGV $$")) {
            assertEquals(Optional.empty(), child.socket().receive(SOON));
            assertEquals(Optional.of(11), child.end().signal());
        }
    }

    @Test
    void one_that_is_silent_is_not_waited_for() {
        try (ChildProcess child = spawn(Path.of("/bin/sleep"), "60")) {
            KernelException late =
                    assertThrows(KernelException.class, () -> child.socket().receive(Duration.ofMillis(10)));
            assertEquals("recvmsg sleep: ETIMEDOUT — it does not answer", late.getMessage());
        }
    }

    @Test
    void closing_leaves_no_process_and_no_descriptor() throws IOException {
        attended("exit 0").close();
        Set<String> before = descriptorsOf(ProcessHandle.current().pid());
        ChildProcess child = spawn(Path.of("/bin/sleep"), "60");
        child.close();
        assertFalse(Files.exists(proc(child.pid(), "stat")));
        assertEquals(before, descriptorsOf(ProcessHandle.current().pid()));
    }

    @Test
    void a_detached_one_is_no_child_of_ours_and_outlives_the_talk() throws Exception {
        int pid;
        try (ChildProcess child = ChildProcess.spawn(
                SHELL,
                List.of("-c", "echo here >&3; dd of=/dev/null <&3; exec sleep 60"),
                List.of(),
                ChildProcess.Manner.DETACHED)) {
            child.socket().receive(SOON);
            pid = child.pid();
            assertEquals(Path.of("/"), Files.readSymbolicLink(proc(pid, "cwd")));
            String[] stat = Files.readString(proc(pid, "stat")).split(" ", -1);
            assertNotEquals(Long.toString(ProcessHandle.current().pid()), stat[3], "parent");
            assertEquals(Integer.toString(pid), stat[5], "session");
        }
        ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
        assertTrue(left.isAlive());
        left.destroyForcibly();
        left.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        for (ChildProcess.Manner manner : ChildProcess.Manner.values()) {
            KernelException missing = assertThrows(
                    KernelException.class, () -> ChildProcess.spawn(Path.of("/no/such"), List.of(), List.of(), manner));
            assertEquals("execve /no/such: ENOENT — build it again with make -C native", missing.getMessage());
        }
    }

    @Test
    void descriptors_travel_with_messages() throws IOException {
        MessageSocket.Pair pair = MessageSocket.pair("pair");
        try (MessageSocket ours = pair.ours();
                Fd theirs = pair.theirs();
                ChildProcess child = attended("dd count=1 of=/dev/null <&4; echo it is ours >&3", theirs)) {
            ours.send("look", List.of(theirs, theirs), SOON);
            assertEquals(
                    "it is ours\n", child.socket().receive(SOON).orElseThrow().text());
        }
    }

    @Test
    void where_nobody_listens_is_said() {
        KernelException.Gone gone =
                assertThrows(KernelException.Gone.class, () -> MessageSocket.connect(Path.of("/no/such/socket")));
        assertEquals("connect /no/such/socket: ENOENT — nobody listens there", gone.getMessage());
    }

    private static ChildProcess attended(String script, Fd... descriptors) {
        return ChildProcess.spawn(SHELL, List.of("-c", script), List.of(descriptors), ChildProcess.Manner.ATTENDED);
    }

    private static ChildProcess spawn(Path executable, String argument, Fd... descriptors) {
        return ChildProcess.spawn(executable, List.of(argument), List.of(descriptors), ChildProcess.Manner.ATTENDED);
    }

    private static Path proc(long pid, String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    private static Set<String> descriptorsOf(long pid) throws IOException {
        try (Stream<Path> entries = Files.list(proc(pid, "fd"))) {
            return entries.filter(entry -> !Files.notExists(entry, LinkOption.NOFOLLOW_LINKS))
                    .map(entry -> entry.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

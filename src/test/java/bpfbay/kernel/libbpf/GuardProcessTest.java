package bpfbay.kernel.libbpf;

import static bpfbay.kernel.libbpf.GuardGround.LONG;
import static bpfbay.kernel.libbpf.GuardGround.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Guardians.Status;
import bpfbay.kernel.Guardians.Status.Phase;
import bpfbay.kernel.libbpf.GuardGround.Ready;
import bpfbay.pty.PtyProgram;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The guard as a process: out of reach of whatever ends its starter. */
@InNetns
class GuardProcessTest {
    private static final LibbpfSwapper SWAPPER = LibbpfSwapper.open();
    private static final int FIRST_FIELD = 3;

    private GuardGround ground;

    @BeforeEach
    void begin() {
        ground = new GuardGround(SWAPPER);
    }

    @AfterEach
    void end() {
        ground.close();
    }

    @Test
    void signals_of_a_terminal_do_not_reach_it() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            for (String signal : List.of("HUP", "INT", "QUIT", "PIPE", "TSTP", "TTOU", "USR1")) {
                signal(signal, guard.pid());
            }
            assertEquals(Phase.COMMITTED, guard.status().phase());
            assertEquals("new", ground.standing(place));
            guard.dismiss();
        }
    }

    @Test
    void whoever_asks_it_to_end_gets_the_old_program_back_at_once() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            signal("TERM", guard.pid());
            GuardGround.awaitEnd(guard.pid());
            assertEquals("old", ground.standing(place));
            assertTrue(GuardGround.lines(ground.journal())
                    .get(0)
                    .get("detail")
                    .getAsString()
                    .startsWith("SIGTERM from pid "));
        }
    }

    @Test
    void one_that_is_asked_to_end_before_it_is_armed_leaves_no_trace() {
        try (Guardian guard = ground.guardians.start(ground.orders(ground.ready()))) {
            signal("TERM", guard.pid());
            ground.assertNoTraceOf(guard.pid());
        }
    }

    @Test
    void it_has_a_session_of_its_own_and_no_terminal() throws IOException {
        try (Guardian guard = ground.swapped(LONG, ground.ready())) {
            String stat = Files.readString(proc(guard, "stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            assertEquals(Integer.toString(guard.pid()), fields.get(5 - FIRST_FIELD), "process group");
            assertEquals(Integer.toString(guard.pid()), fields.get(6 - FIRST_FIELD), "session");
            assertEquals("0", fields.get(7 - FIRST_FIELD), "terminal");
            assertFalse(
                    Long.toString(ProcessHandle.current().pid()).equals(fields.get(4 - FIRST_FIELD)),
                    "it is not our child");
            assertEquals("bpfbay-guard\n", Files.readString(proc(guard, "comm")));
            assertEquals("/", Files.readSymbolicLink(proc(guard, "cwd")).toString());
            guard.dismiss();
        }
    }

    @Tag("host")
    @Test
    void nothing_is_open_in_it_but_what_it_needs() throws IOException {
        try (Guardian guard = ground.swapped(LONG, ground.ready(bpfbay.kernel.Primitive.XDP_NETLINK))) {
            assertEquals(
                    new TreeSet<>(Set.of(
                            "/dev/null",
                            "anon_inode:[signalfd]",
                            "anon_inode:[timerfd]",
                            "anon_inode:bpf-prog",
                            "net:",
                            "socket:")),
                    openIn(guard));
            for (int standard = 0; standard <= 2; standard++) {
                assertEquals(
                        "/dev/null",
                        Files.readSymbolicLink(proc(guard, "fd/" + standard)).toString());
            }
            guard.dismiss();
        }
    }

    @Tag("host")
    @Test
    void it_does_not_hold_the_link() throws IOException {
        try (Guardian guard = ground.swapped(LONG, ground.ready())) {
            assertFalse(openIn(guard).stream().anyMatch(target -> target.contains("link")));
            guard.dismiss();
        }
    }

    private static Set<String> openIn(Guardian guard) throws IOException {
        try (var descriptors = Files.list(proc(guard, "fd"))) {
            return descriptors
                    .map(fd -> readLink(fd).replaceAll("\\[[0-9]+\\]$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /* so that neither a set wall clock nor a suspended machine matters */
    @Tag("host")
    @Test
    void the_deadline_is_by_the_clock_that_nobody_sets_and_that_counts_through_suspend() throws IOException {
        try (Guardian guard = ground.swapped(LONG, ground.ready());
                var descriptors = Files.list(proc(guard, "fd"))) {
            List<String> clocks = descriptors
                    .filter(fd -> readLink(fd).equals("anon_inode:[timerfd]"))
                    .flatMap(fd -> readAll(proc(guard, "fdinfo").resolve(fd.getFileName()))
                            .lines())
                    .filter(line -> line.startsWith("clockid:"))
                    .toList();
            assertEquals(List.of("clockid: 7", "clockid: 7"), clocks);
            Status status = guard.status();
            Duration left = Duration.between(Instant.now(), status.deadline().orElseThrow());
            assertTrue(left.compareTo(LONG) <= 0 && left.compareTo(LONG.dividedBy(2)) > 0, left.toString());
            guard.dismiss();
        }
    }

    @Tag("host")
    @Test
    void what_the_host_does_not_allow_it_is_said() throws IOException {
        try (Guardian guard = ground.guardians.start(ground.orders(ground.ready()))) {
            List<String> lacks = guard.status().lacks();
            assertEquals(
                    Files.readString(proc(guard, "oom_score_adj")).equals("-1000\n"),
                    lacks.stream().noneMatch(clause -> clause.startsWith("not safe from the OOM killer: E")));
            assertEquals(
                    Files.readString(proc(guard, "cgroup")).contains("/bpfbay-guard\n"),
                    lacks.stream().noneMatch(clause -> clause.startsWith("no cgroup of its own")));
            assertEquals(
                    !Files.readString(proc(guard, "status")).contains("VmLck:\t       0 kB"),
                    lacks.stream().noneMatch(clause -> clause.startsWith("its memory is not locked")));
        }
    }

    @Tag("host")
    @Test
    void the_last_guard_removes_their_cgroup() throws IOException {
        Path cgroup = Path.of(
                CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                        .get(0)
                        .point(),
                "bpfbay-guard");
        Guardian guard = ground.guardians.start(ground.orders(ground.ready()));
        assertTrue(Files.readAllLines(cgroup.resolve("cgroup.procs")).contains(Integer.toString(guard.pid())));
        guard.close();
        GuardGround.awaitEnd(guard.pid());
        assertTrue(
                !Files.exists(cgroup)
                        || !Files.readAllLines(cgroup.resolve("cgroup.procs")).isEmpty(),
                "another guard is still there, or nobody");
    }

    @Tag("host")
    @Test
    void its_socket_is_for_root_and_its_own_user() throws IOException {
        try (Guardian guard = ground.guardians.start(ground.orders(ground.ready()))) {
            assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(ground.control()));
            assertTrue(GuardGround.isAlive(guard.pid()));
        }
    }

    @Tag("host")
    @Test
    void a_lock_is_held_for_as_long_as_it_lives() throws IOException {
        Path file = Files.createFile(ground.folder.resolve("lock"));
        Guardian guard;
        try (Fd lock = new OpenFd(LibcFiles.open(RawPath.encode(file.toString()), LibcFiles.O_RDONLY))) {
            Orders bare = ground.orders(ground.ready());
            assertEquals(0, GuardLibc.flock(lock.number(), GuardLibc.LOCK_EX));
            guard = ground.guardians.start(new Orders(
                    bare.swap(), bare.control(), bare.journals(), bare.members(), List.of(lock), bare.probe()));
        }
        try (guard) {
            guard.arm(LONG);
            assertEquals(1, Tool.attempt("flock", "-n", file.toString(), "true").status());
            guard.revert();
            assertEquals(
                    0, Tool.attempt("flock", "-n", file.toString(), "true").status(), "free as soon as it says so");
        }
    }

    @Tag("host")
    @Test
    void it_undoes_the_swap_of_one_that_was_killed() throws Exception {
        Process starter = new ProcessBuilder(
                        PtyProgram.java(GuardStarter.class, ground.control().toString(), "stay"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
            String[] words = said.readLine().split(" ", -1);
            assertEquals("new", words[1]);
            int pid = Integer.parseInt(words[0]);
            starter.destroyForcibly();
            starter.onExit().join();
            try (Guardian guard = ground.guardians.find(ground.control()).orElseThrow()) {
                assertEquals(pid, guard.pid());
                guard.arm(SHORT);
                GuardGround.awaitEnd(pid);
            }
        }
        starter.getOutputStream().close();
        assertEquals(List.of("reverting", "reverted"), GuardGround.events(ground.journal()));
    }

    @Tag("host")
    @Test
    void a_shell_that_reads_what_the_starter_says_does_not_wait_for_the_guard() {
        List<String> java = PtyProgram.java(GuardStarter.class, ground.control().toString(), "leave");
        String said = Tool.run(
                "bash", "-c", "x=$(" + String.join(" ", java) + " 2>/dev/null </dev/null); echo \"it said $x\"");
        int pid = Integer.parseInt(said.split(" ", -1)[2]);
        assertTrue(GuardGround.isAlive(pid), said);
        try (Guardian guard = ground.guardians.find(ground.control()).orElseThrow()) {
            assertEquals(
                    bpfbay.kernel.Guardians.Ending.Kind.REVERTED, guard.revert().kind());
        }
    }

    private static void signal(String name, int pid) {
        Tool.run("kill", "-" + name, Integer.toString(pid));
    }

    private static Path proc(Guardian guard, String file) {
        return Path.of("/proc", Integer.toString(guard.pid()), file);
    }

    private static String readLink(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static String readAll(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}

package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.pty.PtyProgram;
import bpfbay.pty.Signal;
import bpfbay.swap.GuardName;
import bpfbay.swap.SwapEngine;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of a swap from their words to their exit codes, on the running kernel. */
@InNetns
@Tag("host")
final class SwapCommandTest {
    private static final Path PINS = Path.of("/sys/fs/bpf");
    private static final String REF = "swp0/xdp";
    private static final String ALL =
            Stream.of(GuardName.values()).map(GuardName::label).collect(Collectors.joining(","));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> open = new ArrayList<>();
    private OutputStream stdout = out;
    private OutputStream stderr = err;
    private Optional<String> typed = Optional.empty();
    private Path state = PINS;
    private int old;
    private int next;

    @BeforeEach
    void stage() throws IOException {
        state = Files.createTempDirectory("bpfbay-swap");
        old = loaded("swp_fw", "old");
        next = loaded("swp_fw", "next");
        Tool.run("ip", "link", "add", "swp0", "type", "veth", "peer", "name", "swp1");
        Tool.run("ip", "link", "set", "swp0", "xdpgeneric", "pinned", PINS + "/old");
    }

    @AfterEach
    void clear() {
        open.forEach(RawBpf::closeAll);
        Tool.run("rm", "-rf", state.toString());
    }

    private int loaded(String name, String pin) {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 8, 1, "counts");
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, name, 2, map);
        RawBpf.pin(fd, PINS + "/" + pin);
        RawBpf.closeAll(map);
        open.add(fd);
        return RawBpf.id(fd);
    }

    private ExitCode run(String line) {
        out.reset();
        err.reset();
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--state-dir", state.toString()));
        return Main.run(words, surroundings());
    }

    private JsonObject json() {
        return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private String word() {
        return json().get("outcome").getAsString();
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private String swap(String options) {
        return "swap " + REF + " --to prog:" + Integer.toUnsignedString(next) + " --json " + options;
    }

    private String accepted(String options) {
        return swap("--yes --accept " + ALL + " " + options);
    }

    private void assertStands(int progId) {
        String shown = Tool.run("ip", "-d", "link", "show", "swp0");
        assertTrue(shown.contains(" id " + Integer.toUnsignedString(progId) + " "), shown);
    }

    private void assertNothingLeft() {
        assertEquals(ExitCode.DONE, run("recover --json"));
        assertEquals(List.of(), waysBack());
        for (String folder : List.of("run/guard", "run/lock")) {
            assertEquals(List.of(), entries(state.resolve(folder)));
        }
    }

    private List<Path> waysBack() {
        return entries(PINS.resolve(SwapEngines.pinFolder(Optional.of(state))));
    }

    private static List<Path> entries(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_dry_run_plans_and_writes_nothing() {
        assertEquals(ExitCode.DONE, run(swap("--dry-run")), this::said);
        assertEquals("planned", word());
        assertEquals(List.of(state.resolve("run")), entries(state));
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_swap_that_needs_no_word_is_done_and_can_be_undone() {
        assertEquals(ExitCode.DONE, run(accepted("--no-confirm")), this::said);
        assertEquals("swapped", word());
        assertStands(next);
        assertEquals(ExitCode.DONE, run("revert last --json"), this::said);
        assertEquals("reverted", word());
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_pending_one_is_confirmed_once_and_undone_later() {
        assertEquals(ExitCode.PENDING, run(accepted("--confirm-within 1h")), this::said);
        assertEquals("pending", word());
        String id = json().get("id").getAsString();
        assertEquals(ExitCode.DONE, run("swaps --json"));
        assertTrue(said().contains("\"outcome\":\"pending\""), this::said);
        assertEquals(ExitCode.DONE, run("confirm last --json"), this::said);
        assertEquals("confirmed", word());
        assertEquals(ExitCode.USAGE, run("confirm last"));
        assertTrue(said().contains("no swap is pending"), this::said);
        assertEquals(ExitCode.DONE, run("revert " + id + " --json"), this::said);
        assertEquals(ExitCode.DONE, run("revert " + id + " --json"), this::said);
        assertEquals("it was undone already", json().get("why").getAsString());
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void one_that_nobody_confirmed_is_bad_news() {
        assertEquals(ExitCode.PENDING, run(accepted("--confirm-within 1s")), this::said);
        String id = json().get("id").getAsString();
        Path control = state.resolve("run/guard").resolve(id);
        while (Files.exists(control)) {
            Thread.onSpinWait();
        }
        assertEquals(ExitCode.BAD_NEWS, run("confirm " + id + " --json"));
        assertEquals("reverted", word());
        assertTrue(json().get("state").getAsString().contains("#" + Integer.toUnsignedString(old)), this::said);
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void another_program_than_the_expected_one_is_stale() {
        assertEquals(ExitCode.BAD_NEWS, run(accepted("--no-confirm --expect prog:7")));
        assertEquals("stale", word());
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_warning_that_nobody_accepted_is_named_and_nothing_is_done() {
        assertEquals(ExitCode.BAD_NEWS, run(swap("--yes --no-confirm --accept lock")));
        assertEquals("refused", word());
        assertTrue(json().get("why").getAsString().contains("maps"), this::said);
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void the_interface_is_typed_and_nothing_else_will_do() {
        typed = Optional.of("swp1");
        assertEquals(ExitCode.BAD_NEWS, run(swap("--no-confirm")));
        assertTrue(said().contains("nothing was swapped"), this::said);
        assertStands(old);
        assertNothingLeft();
        typed = Optional.of("swp0");
        assertEquals(ExitCode.DONE, run(swap("--no-confirm")), this::said);
        assertStands(next);
        assertEquals(ExitCode.DONE, run("revert last"));
        assertNothingLeft();
    }

    @Test
    void a_position_needs_an_expectation_where_nobody_is_asked() {
        Tool.run("tc", "qdisc", "add", "dev", "swp0", "clsact");
        int ifindex =
                Integer.parseInt(Tool.run("ip", "-o", "link", "show", "swp0").split(":", 2)[0]);
        int first = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "swp_tc", 0);
        int second = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "swp_tc", 0);
        open.addAll(List.of(first, second));
        RawBpf.attach(first, ifindex, RawBpf.BPF_TCX_INGRESS, 0);
        String line = "swap swp0/tcx/ingress/1 --yes --no-confirm --accept " + ALL + " --to prog:"
                + Integer.toUnsignedString(RawBpf.id(second));
        assertEquals(ExitCode.USAGE, run(line));
        assertTrue(said().contains("a position may drift: with --yes it needs --expect"), this::said);
        String expected = " --expect prog:" + Integer.toUnsignedString(RawBpf.id(first));
        assertEquals(ExitCode.DONE, run(line + expected), this::said);
        assertEquals(ExitCode.DONE, run("revert last"));
        assertNothingLeft();
    }

    @Test
    void a_name_that_names_nothing_is_usage() {
        for (String line : List.of(
                "swap nowhere/xdp --dry-run --to prog:" + Integer.toUnsignedString(next),
                "swap " + REF + " --dry-run --to prog:4294967295",
                "swap " + REF + " --dry-run --to pin:" + PINS + "/none",
                "swap " + REF + " --dry-run --to obj:" + state + "/none.o",
                "confirm last",
                "confirm 20261121-000000-000000",
                "revert last",
                "swaps --forget 20261121-000000-000000")) {
            assertEquals(ExitCode.USAGE, run(line), this::said);
            assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), this::said);
        }
        assertStands(old);
        assertNothingLeft();
    }

    private static OutputStream refusing(RuntimeException failure) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw failure;
            }
        };
    }

    @Test
    void what_was_done_is_told_by_the_exit_code_though_nobody_reads() {
        stdout = refusing(new StandardOutput.ReaderGone(new IOException("gone")));
        assertEquals(ExitCode.PENDING, run(accepted("--confirm-within 1h")), this::said);
        assertStands(next);
        stdout = refusing(new UncheckedIOException(new IOException("full")));
        assertEquals(ExitCode.DONE, run("revert last --json"), this::said);
        assertTrue(said().contains("cannot write the output") && said().contains("reverted " + REF), this::said);
        stdout = out;
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_plan_that_cannot_be_shown_is_not_carried_out() {
        typed = Optional.of("swp0");
        stderr = refusing(new UncheckedIOException(new IOException("gone")));
        assertEquals(ExitCode.FAILED, run(swap("--no-confirm")));
        stderr = err;
        assertStands(old);
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"HUP", "INT", "TERM"})
    void a_signal_at_the_prompt_leaves_nothing(Signal signal) {
        try (PtyProgram bpfbay = asked()) {
            bpfbay.signal(signal);
            assertEquals(128 + signal.number(), bpfbay.exitStatus());
        }
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_terminal_that_goes_at_the_prompt_leaves_nothing() {
        try (PtyProgram bpfbay = asked()) {
            bpfbay.hangUp();
            bpfbay.exitStatus();
        }
        assertStands(old);
        assertNothingLeft();
    }

    @Test
    void a_terminal_that_goes_within_the_window_does_not_take_the_guard_with_it() {
        try (PtyProgram bpfbay = asked()) {
            bpfbay.type("swp0\n");
            bpfbay.awaitText("pending");
            bpfbay.hangUp();
            bpfbay.exitStatus();
        }
        assertStands(next);
        assertEquals(ExitCode.DONE, run("revert last --json"), this::said);
        assertEquals("reverted", word());
        assertStands(old);
        assertNothingLeft();
    }

    /* at the prompt, with guard process and way back */
    private PtyProgram asked() {
        PtyProgram bpfbay = PtyProgram.ofMain(
                        Main.class,
                        "swap",
                        REF,
                        "--to",
                        "prog:" + Integer.toUnsignedString(next),
                        "--confirm-within",
                        "1h",
                        "--state-dir",
                        state.toString())
                .sized(200, 60)
                .start();
        bpfbay.awaitText("type swp0 to swap");
        assertEquals(1, waysBack().size());
        return bpfbay;
    }

    private Surroundings surroundings() {
        return new Surroundings(
                stdout,
                stderr,
                new Prompt() {
                    @Override
                    public boolean isThere() {
                        return typed.isPresent();
                    }

                    @Override
                    public Optional<String> ask(String question) {
                        return typed;
                    }
                },
                new UnaskedKernels("a swap has all of its engine") {
                    @Override
                    public Kernel open(Loading loading) {
                        return LibbpfKernel.open(loading);
                    }

                    @Override
                    public SwapEngine engine(Kernel kernel, Optional<Path> stateDir, Clock clock) {
                        return SwapEngines.open(kernel, stateDir, clock);
                    }
                },
                Clock.systemUTC());
    }
}

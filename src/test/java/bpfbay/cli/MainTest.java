package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Feature;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.kernel.Loading;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Problem;
import bpfbay.testing.FakeKernel;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeKernel kernel = new FakeKernel();
    private FeatureProbes probes = feature -> FeatureProbes.Result.WORKS;

    MainTest() {
        kernel.namespaces = Listing.of(List.of(
                new NetNamespace(7, OptionalLong.of(1), List.of("home"), "/proc/self/ns/net", NetNamespace.Scope.OWN)));
        kernel.networks.put(
                7L,
                new NetworkView(
                        7,
                        List.of(new NetInterface(
                                7,
                                2,
                                "eth0",
                                true,
                                1500,
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                NetInterface.NOT_ASKED)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "snapshto; unknown command 'snapshto': did you mean 'snapshot'?",
                "xyzzyxyzzy; unknown command 'xyzzyxyzzy'",
                "chekc; unknown command 'chekc': did you mean 'check'?",
                "snapshot --jsno; snapshot: unknown option '--jsno': did you mean '--json'?",
                "snapshot --json=1; snapshot: --json takes no value",
                "snapshot --json --json; snapshot: --json is given twice",
                "snapshot --netns; snapshot: --netns needs a value: NAME|INODE|all",
                "snapshot --netns hom; snapshot: unknown network namespace 'hom': did you mean 'home'?",
                "snapshot eth0; snapshot: unexpected 'eth0'",
                "--theme drak; tui: unknown theme 'drak': did you mean 'dark'?",
                "--passive --stats on; tui: --passive switches nothing on, so it does not go with --stats on",
                "--interval 1; tui: --interval '1' is no time: write 500ms, 1s, 2m or 1h",
                "--interval 1ms; tui: --interval '1ms' is out of range: 100ms to 60m",
                "--json snapshot; options follow the command: bpfbay snapshot …",
                "show; show: needs REF|prog:ID|link:ID|map:ID|pin:PATH",
                "show eth0/xpd; bad ref 'eth0/xpd': unknown hook 'xpd': did you mean 'xdp'?",
                "show eth0/xdp; show: eth0/xdp: nothing is attached there",
                "show prog:x; show: prog:x: 'x' is no id",
                "show prog:9; show: prog:9: no such program",
                "path eth1; path: unknown interface 'eth1': did you mean 'eth0'?",
                "path netns:bleu/eth0; path: unknown network namespace 'bleu': there is home",
                "lab upp; lab: unknown action 'upp': did you mean 'up'?",
                "lab break; lab: break needs the number of an incident: 1 to 11",
                "lab mend 12; lab: there is no incident '12': 1 to 11",
                "lab up 3; lab: unexpected '3'",
                "lab up --interfaces 0; lab: --interfaces '0' is no number from 1 to 2000",
                "lab down --interfaces 5; lab: --interfaces goes with up",
                "help snapshto; unknown command 'snapshto': did you mean 'snapshot'?",
            })
    void what_cannot_be_understood_is_one_line_and_exit_2(String line, String message) {
        assertEquals(ExitCode.USAGE, run(line.split(" ")));
        assertEquals("", out());
        String said = err();
        assertTrue(said.startsWith("bpfbay: " + message), said);
        assertEquals(said.length() - 1, said.indexOf('\n'), said);
    }

    @Test
    void a_hostile_argument_cannot_write_to_the_terminal() {
        assertEquals(ExitCode.USAGE, run("\u001b[2J\nx\udcff"));
        assertTrue(err().startsWith("bpfbay: unknown command '\\x1b[2J\\x0ax\\xff'"), err());
        assertEquals(1, err().lines().count());
    }

    @Test
    void a_snapshot_is_written_as_json() {
        assertEquals(ExitCode.DONE, run("snapshot", "--json", "--netns", "home"));
        JsonObject snapshot = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("bpfbay/snapshot/1", snapshot.get("schema").getAsString());
        assertEquals(
                "eth0",
                snapshot.getAsJsonArray("interfaces")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString());
        assertEquals("", err());
    }

    @Test
    void passive_asks_for_a_kernel_that_loads_nothing() {
        run("snapshot", "--passive");
        assertEquals(List.of(Loading.NOTHING), opened);
        run("snapshot");
        assertEquals(List.of(Loading.NOTHING, Loading.ITERATORS), opened);
    }

    @Test
    void where_nothing_can_be_seen_the_exit_code_says_so_and_the_rest_is_printed() {
        kernel.programs = new Listing<>(
                List.of(), List.of(new Problem("BPF_PROG_GET_NEXT_ID", "programs", 1, "needs CAP_SYS_ADMIN")));
        assertEquals(ExitCode.NOT_POSSIBLE, run("snapshot"));
        assertTrue(out().contains("needs CAP_SYS_ADMIN"), out());
        assertEquals(1, err().lines().count());
    }

    @Test
    void a_kernel_that_cannot_be_asked_is_exit_3_and_any_other_failure_4() {
        kernel.hostFails = Optional.of(
                new KernelException.Unsupported(new Problem("dlopen", "libbpf.so.1", 2, "install libbpf1")));
        assertEquals(ExitCode.NOT_POSSIBLE, run("snapshot"));
        assertEquals("bpfbay: dlopen libbpf.so.1: ENOENT — install libbpf1\n", err());
        kernel.hostFails = Optional.of(new KernelException(new Problem("uname", "", 5, "")));
        assertEquals(ExitCode.FAILED, run("snapshot"));
    }

    @Test
    void output_that_cannot_be_written_is_one_line_and_exit_4() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (String command : List.of("snapshot", "snapshot --json", "doctor", "doctor --json", "help", "version")) {
            err.reset();
            assertEquals(ExitCode.FAILED, Main.run(List.of(command.split(" ")), surroundings(full)));
            assertEquals("bpfbay: cannot write the output: No space left on device\n", err());
        }
    }

    @Test
    void a_reader_that_has_enough_is_no_failure() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) {
                throw new StandardOutput.ReaderGone(new IOException("Broken pipe"));
            }
        };
        assertEquals(ExitCode.DONE, Main.run(List.of("snapshot"), surroundings(gone)));
        assertEquals("", err());
    }

    @Test
    void a_path_names_the_interface_and_that_nothing_is_there() {
        assertEquals(ExitCode.DONE, run("path", "eth0"));
        assertTrue(out().startsWith("eth0  ifindex 2  up  mtu 1500\n"), out());
        assertTrue(out().contains("ingress\nnothing is attached\n"), out());
    }

    @Test
    void the_doctor_says_what_each_gap_costs() {
        probes = feature ->
                feature == Feature.TCX ? FeatureProbes.Result.missing("needs Linux 6.6") : FeatureProbes.Result.WORKS;
        assertEquals(ExitCode.DONE, run("doctor"));
        String line =
                out().lines().filter(l -> l.startsWith("tcx ")).findFirst().orElseThrow();
        assertEquals(List.of("tcx", "missing", "needs Linux 6.6", Feature.TCX.cost()), List.of(line.split(" {2,}")));
    }

    @Test
    void the_doctor_s_json_has_every_feature_and_a_blind_host_is_exit_3() {
        probes = feature -> FeatureProbes.Result.denied("needs CAP_SYS_ADMIN");
        assertEquals(ExitCode.NOT_POSSIBLE, run("doctor", "--json"));
        JsonObject doctor = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("bpfbay/doctor/1", doctor.get("schema").getAsString());
        assertEquals(Feature.values().length, doctor.getAsJsonArray("features").size());
        JsonObject first = doctor.getAsJsonArray("features").get(0).getAsJsonObject();
        assertEquals("denied", first.get("state").getAsString());
        assertEquals(Feature.OBJECTS.cost(), first.get("missed").getAsString());
    }

    @Test
    void help_names_every_command_and_a_command_s_help_every_option() {
        assertEquals(ExitCode.DONE, run("--help"));
        for (Command command : Command.values()) {
            assertTrue(out().contains(command.summary()), command.word());
        }
        for (Command command : Command.values()) {
            out.reset();
            assertEquals(ExitCode.DONE, run(command.word(), "--help"));
            command.options().forEach(option -> assertTrue(out().contains(option.help()), option.word()));
            assertFalse(out().isEmpty());
        }
    }

    @Test
    void the_version_is_said_by_command_and_by_option() {
        assertEquals(ExitCode.DONE, run("--version"));
        assertEquals(ExitCode.DONE, run("version"));
        assertEquals(
                2,
                out().lines()
                        .filter(l -> l.matches("bpfbay [0-9]+\\.[0-9]+\\.[0-9]+"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swap eth0/xdp --to prog:7|swap: nobody to ask: without a terminal --yes is needed",
                "swap eth0/xdp --yes|swap: needs --to prog:ID, pin:PATH or obj:FILE",
                "swap --to prog:7 --yes|swap: needs a REF such as eth0/xdp, or --match NAME",
                "swap eth0/xdp --match fw --to prog:7|swap: --match names the attachments, so no REF goes with it",
                "swap eth0/xdp eth0/xdp --to prog:7|swap: 'eth0/xdp' is given twice",
                "swap eth0/xdp --to prog:0|candidate 'prog:0': '0' is no program id",
                "swap eth0/xdp --to map:7|candidate 'map:7' is none: write prog:ID, pin:PATH or obj:FILE[:PROGRAM]",
                "swap eth0/xdp --to prog:7 --confirm-within 0s|swap: --confirm-within '0s' is out of range: 1s to 24h",
                "swap eth0/xdp --to prog:7 --confirm-within -1|swap: --confirm-within '-1' is no time: write 500ms,"
                        + " 1s, 2m or 1h",
                "swap eth0/xdp --to prog:7 --confirm-within 999999h|swap: --confirm-within '999999h' is out of range:"
                        + " 1s to 24h",
                "swap eth0/xdp --to prog:7 --confirm-within 9s --no-confirm|swap: --confirm-within does not go with"
                        + " --no-confirm",
                "swap eth0/xdp --to prog:7 --canary 2|swap: --canary and --soak go together",
                "swap eth0/xdp --to prog:7 --canary 0 --soak 1s|swap: --canary '0' is no number of attachments",
                "swap eth0/xdp --to prog:7 --packets f.pcap|swap: --packets goes with --test-run",
                "swap eth0/xdp --to prog:7 --probe /etc|swap: --probe '/etc' is no file that can be run",
                "swap eth0/xdp --to prog:7 --accept mapz|swap: unknown guard 'mapz' in --accept: did you mean 'maps'?",
                "swap eth0/xdp --to prog:7 --expect tag:12|expected 'tag:12' is none: write prog:ID, or tag: and 8 to"
                        + " 16 hexadecimal digits",
                "swap eth0/xdp --to prog:7 --test-run live|swap: unknown test-run 'live': there is candidate, both",
                "swaps --forget|swaps: --forget needs a value: ID",
            })
    void a_swap_that_cannot_be_understood_is_said_in_one_line_before_the_kernel_is_asked(String line, String said) {
        assertEquals(ExitCode.USAGE, run(line.split(" ")));
        assertEquals("bpfbay: " + said + "\n", err());
        assertEquals(List.of(), opened);
    }

    private final List<Loading> opened = new ArrayList<>();

    private ExitCode run(String... arguments) {
        return Main.run(List.of(arguments), surroundings(out));
    }

    private Surroundings surroundings(OutputStream stdout) {
        return new Surroundings(
                stdout,
                err,
                new NobodyThere(),
                new UnaskedKernels("usage is checked before anything is opened") {
                    @Override
                    public Kernel open(Loading loading) {
                        opened.add(loading);
                        return kernel;
                    }

                    @Override
                    public FeatureProbes probes(Loading loading) {
                        return probes;
                    }
                },
                Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.kernel.Loading;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.DeviceChain;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.RunCounts;
import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import bpfbay.testing.FakeKernel;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check from its arguments to what it prints and how it ends. */
final class CheckCommandTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeKernel kernel = new FakeKernel();
    private final List<Loading> opened = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final MovingClock clock = new MovingClock();

    @TempDir
    Path folder;

    private static final class MovingClock extends Clock {
        private Instant now = START;

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
            return now;
        }
    }

    CheckCommandTest() {
        kernel.namespaces = Listing.of(List.of(
                new NetNamespace(7, OptionalLong.of(1), List.of(), "/proc/self/ns/net", NetNamespace.Scope.OWN)));
        network(List.of(), List.of());
    }

    private void network(List<XdpState> xdp, List<DeviceChain> chains) {
        NetInterface eth0 = new NetInterface(
                7,
                2,
                "eth0",
                true,
                1500,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                NetInterface.NOT_ASKED);
        kernel.networks.put(7L, new NetworkView(7, List.of(eth0), xdp, List.of(), chains, List.of(), List.of()));
    }

    private static Program program(int id, ProgType type, String name, String build) {
        return new Program(
                id,
                type,
                name,
                "0123456789abcdef",
                START.minusSeconds(3600 - id),
                0,
                Program.License.GPL_COMPATIBLE,
                96,
                61,
                OptionalLong.empty(),
                12,
                List.of(),
                OptionalInt.empty(),
                new Reading.NotAsked<>("not asked"),
                Reading.of(build),
                Reading.of("functions"));
    }

    /** An old firewall attached, a new one pinned. */
    private void rollout() {
        kernel.programs = Listing.of(
                List.of(program(11, ProgType.XDP, "xdp_fw", "v1"), program(12, ProgType.XDP, "xdp_fw", "v2")));
        kernel.links = Listing.of(List.of(new Link(
                88, LinkType.XDP, 11, Optional.of(AttachType.XDP), new AttachTarget.Netdev(OptionalLong.of(7), 2))));
        kernel.pins = Listing.of(List.of(
                new Pin(ObjectId.link(88), "/sys/fs/bpf/fw/link", 1, "0:28"),
                new Pin(ObjectId.prog(12), "/sys/fs/bpf/fw/new", 2, "0:28")));
        network(List.of(new XdpState(2, XdpMode.NATIVE, 11)), List.of());
    }

    /** Two filters in one chain, of which the first lets nothing through to the second. */
    private void shadow() {
        kernel.programs = Listing.of(
                List.of(program(20, ProgType.SCHED_CLS, "allow", "a"), program(30, ProgType.SCHED_CLS, "police", "b")));
        kernel.pins = Listing.of(List.of(
                new Pin(ObjectId.prog(20), "/sys/fs/bpf/a", 1, "0:28"),
                new Pin(ObjectId.prog(30), "/sys/fs/bpf/b", 2, "0:28")));
        network(
                List.of(),
                List.of(new DeviceChain(
                        2,
                        AttachType.TCX_INGRESS,
                        3,
                        List.of(
                                new DeviceChain.Entry(20, OptionalInt.empty()),
                                new DeviceChain.Entry(30, OptionalInt.empty())))));
        kernel.counts = Map.of(20, new RunCounts(1000, 5000), 30, new RunCounts(7, 70));
    }

    @Test
    void a_rollout_left_behind_is_bad_news_with_the_command_that_ends_it() {
        rollout();

        assertEquals(ExitCode.BAD_NEWS, check("--window", "0"));
        assertTrue(
                out().contains(
                                "superseded-attachment: newer xdp_fw #12 (loaded 09:00:12Z, pinned /sys/fs/bpf/fw/new) is"
                                        + " attached nowhere: eth0/xdp still runs #11 (loaded 09:00:11Z)\n"),
                out());
        assertTrue(out().contains("    > bpfbay swap eth0/xdp --to prog:12 --dry-run\n"), out());
        assertTrue(out().contains("\n1 finding: 1 warning; "), out());
        assertEquals(List.of(), pauses);
        assertEquals(0, kernel.countingFds);
    }

    @Test
    void json_is_one_object_of_findings() {
        rollout();

        assertEquals(ExitCode.BAD_NEWS, check("--window", "0", "--json"));
        JsonObject all = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("bpfbay/findings/1", all.get("schema").getAsString());
        assertEquals(
                "superseded-attachment",
                all.getAsJsonArray("findings")
                        .get(0)
                        .getAsJsonObject()
                        .get("code")
                        .getAsString());
    }

    @Test
    void a_quiet_host_ends_well_and_says_what_was_not_judged() {
        assertEquals(ExitCode.DONE, check("--window", "0"));
        assertTrue(out().contains("there is no earlier picture to compare with (replaced-underneath, "), out());
        assertTrue(out().endsWith("rules not asked for\n"), out());
    }

    @Test
    void what_only_running_shows_takes_two_looks_with_counting_on_between_them() {
        shadow();

        assertEquals(ExitCode.BAD_NEWS, check());
        assertTrue(
                out().contains(
                                "shadowed-attachment: police #30 attached, not running: 0 runs in 2.0 s, while allow #20 in"
                                        + " front of it at eth0/tcx/ingress/1 ran 1000 times"),
                out());
        assertEquals(List.of(Duration.ofSeconds(2)), pauses);
        assertEquals(0, kernel.countingFds);
    }

    @Test
    void passive_loads_nothing_counts_nothing_and_waits_for_nothing() {
        shadow();

        assertEquals(ExitCode.DONE, check("--passive"));
        assertEquals(List.of(Loading.NOTHING), opened);
        assertEquals(List.of(), pauses);
        assertTrue(out().contains("were not counted"), out());
    }

    @Test
    void where_privileges_keep_a_rule_from_being_judged_the_exit_code_says_so() {
        shadow();
        kernel.countingRefused = Optional.of(new Problem("BPF_ENABLE_STATS", "run counts", 1, "needs CAP_SYS_ADMIN"));

        assertEquals(ExitCode.NOT_POSSIBLE, check());
        assertTrue(out().contains("runs are not counted: needs CAP_SYS_ADMIN (shadowed-attachment)"), out());
    }

    @Test
    void bad_news_outweighs_what_could_not_be_judged() {
        rollout();
        kernel.countingRefused = Optional.of(new Problem("BPF_ENABLE_STATS", "run counts", 1, "needs CAP_SYS_ADMIN"));

        assertEquals(ExitCode.BAD_NEWS, check());
    }

    @Test
    void what_is_younger_than_the_hold_down_is_not_told() {
        rollout();
        clock.now = START.minusSeconds(3600 - 12 - 20);

        assertEquals(ExitCode.DONE, check("--window", "0", "--hold-down", "30s"));
        out.reset();
        assertEquals(ExitCode.BAD_NEWS, check("--window", "0", "--hold-down", "0"));
    }

    @Test
    void what_is_known_is_ignored_by_a_file() throws IOException {
        rollout();
        String file = write("known.txt", "superseded-attachment eth0/* 2026-12-01 CHG-4711\n");

        assertEquals(ExitCode.DONE, check("--window", "0", "--ignore", file));
        assertTrue(out().contains("nothing found"), out());
    }

    @Test
    void a_manifest_of_yesterday_finds_what_is_another_today() throws IOException {
        rollout();
        assertEquals(ExitCode.DONE, run("snapshot", "--as-manifest"));
        String manifest = write("shipped.json", out());
        out.reset();
        assertEquals(
                0,
                check("--window", "0", "--against", manifest, "--ignore", everythingElse())
                        .number());
        kernel.programs = Listing.of(
                List.of(program(11, ProgType.XDP, "xdp_fw", "v0"), program(12, ProgType.XDP, "xdp_fw", "v2")));
        out.reset();

        assertEquals(ExitCode.BAD_NEWS, check("--window", "0", "--against", manifest));
        assertTrue(out().contains("\ncritical\n  not-as-declared: eth0/xdp not as declared: another build; "), out());
    }

    private String everythingElse() throws IOException {
        return write("else.txt", "superseded-attachment * 2027-01-01 not of interest here\n");
    }

    @Test
    void a_file_that_cannot_be_read_is_one_line_and_exit_2() throws IOException {
        String damaged = write("damaged.json", "{\"schema\": \"bpfbay/manifest/1\", \"hooks\": [");

        usage("check: /nowhere/m.json: there is no such file", "--against", "/nowhere/m.json");
        usage("check: " + damaged + ": it is not JSON: ", "--against", damaged);
        usage("check: " + damaged + ":1: ", "--ignore", damaged);
        usage("check: " + folder + ": ", "--against", folder.toString());
    }

    @Test
    void a_value_that_makes_no_sense_is_one_line_and_exit_2() {
        usage("check: --window '2' is no time: write 500ms, 1s, 2m or 1h", "--window", "2");
        usage("check: --window '11m' is out of range: 0s to 10m", "--window", "11m");
        usage("check: --hold-down 'x' is no time", "--hold-down", "x");
        usage(
                "check: --passive switches nothing on, so it does not go with --window 2s",
                "--passive",
                "--window",
                "2s");
        usage("check: unknown option '--agianst': did you mean '--against'?", "--agianst", "x");
    }

    private void usage(String message, String... arguments) {
        err.reset();
        List<String> line = new ArrayList<>(List.of("check"));
        line.addAll(Arrays.asList(arguments));
        assertEquals(ExitCode.USAGE, Main.run(line, surroundings()));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("bpfbay: " + message), said);
        assertEquals(1, said.lines().count(), said);
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    private ExitCode check(String... arguments) {
        List<String> line = new ArrayList<>(List.of("check"));
        line.addAll(Arrays.asList(arguments));
        return new CheckCommand(ArgumentParser.parse(line), surroundings(), time -> {
                    pauses.add(time);
                    clock.now = clock.now.plus(time);
                    kernel.counts = Map.of(20, new RunCounts(2000, 9000), 30, new RunCounts(7, 70));
                    return true;
                })
                .run();
    }

    private ExitCode run(String... arguments) {
        return Main.run(List.of(arguments), surroundings());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                out,
                err,
                new NobodyThere(),
                new UnaskedKernels("a check only looks") {
                    @Override
                    public Kernel open(Loading loading) {
                        opened.add(loading);
                        return kernel;
                    }

                    @Override
                    public Candidates candidates() {
                        throw new KernelException.Unsupported(
                                new Problem("open", "candidates", 2, "no object file was expected"));
                    }
                },
                clock);
    }
}

package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.swap.Pause;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/* Programs are the host's, so that a check here sees those of others too: only findings of devices of one's
 * own are looked at. */
@InNetns
final class CheckKernelTest {
    private static final String FOLDER = "/sys/fs/bpf/fw";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> open = new ArrayList<>();

    @BeforeEach
    void devices() throws IOException {
        for (int i = 0; i < 3; i++) {
            Tool.run("ip", "link", "add", "chk" + i, "type", "veth", "peer", "name", "peer" + i);
            Tool.run("ip", "link", "set", "chk" + i, "up");
            Tool.run("ip", "link", "set", "peer" + i, "up");
        }
        Files.createDirectory(Path.of(FOLDER));
    }

    @AfterEach
    void close() {
        open.forEach(RawBpf::closeAll);
    }

    private int loaded(int type, int attachType, String name, int verdict, String pin) {
        int fd = RawBpf.loadProgram(type, attachType, name, verdict);
        RawBpf.pin(fd, FOLDER + "/" + pin);
        open.add(fd);
        return RawBpf.id(fd);
    }

    private int firewall(String build, int verdict) {
        return loaded(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "chk_fw", verdict, build);
    }

    private static void attach(String device, String build) {
        Tool.run("ip", "link", "set", "dev", device, "xdpgeneric", "pinned", FOLDER + "/" + build);
    }

    @Test
    void a_rollout_left_behind_is_found_with_the_swap_that_ends_it() {
        int old = firewall("old", 2);
        attach("chk0", "old");
        int fresh = firewall("fresh", 1);

        JsonObject finding = finding("superseded-attachment", check("--window", "0"));

        assertEquals("[\"chk0/xdp\"]", finding.get("refs").toString());
        assertEquals("[" + fresh + "," + old + "]", finding.get("prog_ids").toString());
        assertEquals(
                "bpfbay swap chk0/xdp --to prog:" + fresh + " --dry-run",
                finding.get("suggest").getAsString());
    }

    @Test
    void one_interface_with_another_build_is_named() {
        firewall("old", 2);
        firewall("fresh", 1);
        attach("chk0", "fresh");
        attach("chk1", "old");
        attach("chk2", "fresh");

        JsonObject finding = finding("version-skew", check("--window", "0"));

        assertEquals("[\"chk1/xdp\"]", finding.get("refs").toString());
        assertEquals("warning", finding.get("severity").getAsString());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_program_that_packets_do_not_come_to_is_found_by_its_count() throws IOException {
        loaded(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "chk_allow", 0, "allow");
        loaded(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "chk_police", 0, "police");
        int device = ifindex("chk0");
        RawBpf.attach(open.get(0), device, RawBpf.BPF_TCX_INGRESS, 0);
        RawBpf.attach(open.get(1), device, RawBpf.BPF_TCX_INGRESS, 0);
        Tool.run("ip", "address", "add", "192.0.2.1/24", "dev", "peer0");
        Tool.run("ip", "neighbour", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:01", "dev", "peer0");

        JsonObject finding = finding("shadowed-attachment", check(window -> send(100)));

        assertEquals("[\"chk0/tcx/ingress/2\"]", finding.get("refs").toString());
        assertTrue(finding.get("title").getAsString().contains("chk_allow"), finding::toString);
    }

    @Test
    void what_was_written_down_is_what_runs_until_it_is_another() throws IOException {
        firewall("old", 2);
        firewall("fresh", 1);
        attach("chk0", "fresh");
        assertEquals(ExitCode.DONE, Main.run(List.of("snapshot", "--as-manifest", "--netns", inode()), surroundings()));
        Path manifest = Files.createTempFile("chk", ".json");
        try {
            Files.write(manifest, out.toByteArray());
            List<JsonObject> before = check("--window", "0", "--against", manifest.toString());
            attachForce("chk0", "old");

            List<JsonObject> after = check("--window", "0", "--against", manifest.toString());

            assertTrue(before.stream().noneMatch(f -> code(f).equals("not-as-declared")), before::toString);
            assertEquals(
                    "[\"chk0/xdp\"]",
                    finding("not-as-declared", after).get("refs").toString());
        } finally {
            Files.delete(manifest);
        }
    }

    private static void attachForce(String device, String build) {
        Tool.run("ip", "-force", "link", "set", "dev", device, "xdpgeneric", "pinned", FOLDER + "/" + build);
    }

    private static String inode() throws IOException {
        return Files.getAttribute(Path.of("/proc/thread-self/ns/net"), "unix:ino")
                .toString();
    }

    private static int ifindex(String device) {
        return Integer.parseInt(Tool.run("ip", "-o", "link", "show", device).split(":", 2)[0]);
    }

    private static boolean send(int packets) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("192.0.2.1", 0))) {
            DatagramPacket packet = new DatagramPacket(new byte[8], 8, InetAddress.getByName("192.0.2.2"), 9);
            for (int i = 0; i < packets; i++) {
                socket.send(packet);
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonObject> check(String... options) {
        return check(window -> true, options);
    }

    private List<JsonObject> check(Pause pause, String... options) {
        out.reset();
        List<String> line = new ArrayList<>(List.of("check", "--json", "--hold-down", "0"));
        line.addAll(List.of(options));
        new CheckCommand(ArgumentParser.parse(line), surroundings(), pause).run();
        List<JsonObject> findings = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(out.toString(StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("findings")) {
            findings.add(element.getAsJsonObject());
        }
        return findings;
    }

    private static String code(JsonObject finding) {
        return finding.get("code").getAsString();
    }

    /** That of a device of ours. */
    private static JsonObject finding(String code, List<JsonObject> findings) {
        return findings.stream()
                .filter(f -> code(f).equals(code))
                .filter(f -> f.get("refs").toString().contains("\"chk"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings));
    }

    private Surroundings surroundings() {
        return new Surroundings(
                out,
                out,
                new NobodyThere(),
                new UnaskedKernels("a check only looks") {
                    @Override
                    public Kernel open(Loading loading) {
                        return LibbpfKernel.open(Loading.NOTHING);
                    }
                },
                Clock.systemUTC());
    }
}

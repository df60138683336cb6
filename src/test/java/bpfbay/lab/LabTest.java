package bpfbay.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.lab.Lab.Deed;
import bpfbay.lab.Lab.Outcome;
import bpfbay.lab.LabStatus.LabProcess;
import bpfbay.lab.LabStatus.Life;
import bpfbay.lab.LabStatus.State;
import bpfbay.model.AttachType;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/* Each test has a lab of its own name, so that neither another test nor a lab of the user's is touched. */
@InNetns
class LabTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "bblab-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    private final LabSite site = new LabSite(name);
    private final List<String> progress = new ArrayList<>();
    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(LibbpfLoader.open(), new LabOptions(name, OptionalInt.empty()));
    }

    @AfterEach
    void close() {
        lab.down();
    }

    @Test
    void programs_stand_on_every_hook_that_this_kernel_has() {
        LabStatus status = lab.up(progress::add).status();
        assertEquals(State.UP, status.state());
        assertEquals(List.of("eth0", "eth1", "eth2", "eth3"), status.interfaces());
        String net = Tool.run("ip", "netns", "exec", name, "bpftool", "net", "show");
        assertTrue(net.contains("eth0(3) driver"), net);
        assertTrue(net.contains("eth1(5) driver"), net);
        assertTrue(net.contains("eth2(7) generic"), net);
        String chains = Tool.run("tc", "-n", name, "filter", "show", "dev", "eth1", "ingress");
        assertTrue(chains.contains("protocol ip pref 1 bpf chain 5 handle 0x2a"), chains);
        assertTrue(chains.contains("pref 10 bpf chain 0 handle 0x1 qos_mark direct-action"), chains);
        String cgroup = Tool.run(
                "bpftool", "cgroup", "show", site.cgroup().orElseThrow().toString());
        assertEquals(
                List.of("cgroup_inet_egress", "cgroup_inet4_connect", "cgroup_inet4_connect"),
                cgroup.lines()
                        .filter(line -> line.contains("multi"))
                        .map(line -> line.strip().split("\\s+", 3)[1])
                        .toList());
        assertEquals(
                List.of(Life.RUNNING, Life.RUNNING),
                status.processes().stream().map(LabProcess::life).toList());
    }

    @Test
    void whatever_is_left_out_is_said_with_the_reason() {
        LabStatus status = lab.up(progress::add).status();
        assertEquals(
                status.leftOut().stream()
                        .map(left -> "left out: " + left.what() + " (" + left.why() + ")")
                        .collect(Collectors.toSet()),
                progress.stream().filter(line -> line.startsWith("left out")).collect(Collectors.toSet()));
        assertTrue(status.leftOut().stream().noneMatch(left -> left.why().isBlank()));
    }

    @Test
    void up_twice_leaves_the_first_as_it_is() throws Exception {
        lab.up(progress::add);
        Object netns = Files.getAttribute(site.netns(), "unix:ino");
        Outcome again = lab.up(progress::add);
        assertEquals(Deed.NOTHING_TO_DO, again.deed());
        assertEquals(netns, Files.getAttribute(site.netns(), "unix:ino"));
    }

    @Tag("host")
    @Test
    void down_leaves_nothing_and_down_twice_finds_nothing_to_do() {
        LabStatus up = lab.up(progress::add).status();
        assertEquals(Deed.DONE, lab.down().deed());
        assertNothingIsLeft(up);
        assertEquals(Deed.NOTHING_TO_DO, lab.down().deed());
    }

    @Tag("host")
    @Test
    void down_cleans_up_after_its_processes_were_killed() throws Exception {
        LabStatus up = lab.up(progress::add).status();
        for (LabProcess process : up.processes()) {
            ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
            handle.destroyForcibly();
            handle.onExit().get();
        }
        assertEquals(State.DAMAGED, lab.status().state());
        lab.down();
        assertNothingIsLeft(up);
    }

    @Tag("host")
    @Test
    void down_cleans_up_after_parts_were_removed_by_hand() throws Exception {
        LabStatus up = lab.up(progress::add).status();
        Tool.run("ip", "netns", "del", name);
        Tool.run("rm", "-r", site.processes().toString());
        lab.down();
        assertNothingIsLeft(up);
    }

    @Tag("host")
    @Test
    void up_replaces_a_damaged_lab() {
        lab.up(progress::add);
        Tool.run("ip", "netns", "del", name);
        assertEquals(State.DAMAGED, lab.status().state());
        Outcome again = lab.up(progress::add);
        assertEquals(Deed.DONE, again.deed());
        assertEquals(State.UP, again.status().state());
    }

    @Tag("host")
    @Test
    void an_up_that_fails_half_way_leaves_nothing() {
        Lab broken =
                new Lab(new LoaderWithoutExecutables(LibbpfLoader.open()), new LabOptions(name, OptionalInt.of(2)));
        LabException failed = assertThrows(LabException.class, () -> broken.up(progress::add));
        assertTrue(String.valueOf(failed.getMessage()).startsWith("lab-agent cannot be started"), failed.getMessage());
        assertNothingIsLeft(broken.status());
    }

    @Tag("host")
    @Test
    void a_stranger_in_its_cgroup_is_moved_out_and_lives_on() throws Exception {
        lab.up(progress::add);
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(site.cgroup().orElseThrow().resolve("web/cgroup.procs"), Long.toString(stranger.pid()));
        lab.down();
        assertTrue(stranger.isAlive());
        assertEquals(State.DOWN, lab.status().state());
        stranger.destroyForcibly().waitFor();
        stranger.getInputStream().close();
        stranger.getErrorStream().close();
        stranger.getOutputStream().close();
    }

    @Tag("host")
    @Test
    void without_a_bpffs_it_mounts_one_of_its_own_and_says_so() {
        /* that of the test, and under it one that the machine may have */
        while (!site.needsOwnBpffs()) {
            Tool.run("umount", "/sys/fs/bpf");
        }
        LabStatus up = lab.up(progress::add).status();
        assertEquals(site.ownBpffs(), up.mounted().orElseThrow());
        assertTrue(progress.contains("no bpffs on /sys/fs/bpf: mounted one at " + site.ownBpffs()));
        lab.down();
        assertNothingIsLeft(up);
        Tool.run("mount", "-t", "bpf", "bpf", "/sys/fs/bpf");
    }

    @Tag("host")
    @Test
    void every_interface_of_a_fleet_has_its_programs_filter_and_pins() {
        Lab fleet = new Lab(LibbpfLoader.open(), new LabOptions(name, OptionalInt.of(3)));
        LabStatus status = fleet.up(progress::add).status();
        assertEquals(List.of("eth0", "eth1", "eth2"), status.interfaces());
        String net = Tool.run("ip", "netns", "exec", name, "bpftool", "net", "show");
        for (String device : List.of("eth0(3)", "eth1(5)", "eth2(7)")) {
            assertTrue(net.contains(device + " driver id"), net);
            assertTrue(net.contains(device + " clsact/ingress node_classify id"), net);
        }
        /* map, three programs, XDP link of the even two, tcx links where there is tcx, and a cgroup link */
        int withoutTcx = 3 * 4 + 2 + 1;
        assertTrue(List.of(withoutTcx, withoutTcx + 3).contains(status.pins()), "pins: " + status.pins());
    }

    @Tag("host")
    @Test
    void its_traffic_reaches_the_programs() {
        lab.up(progress::add);
        long end = System.nanoTime() + 20_000_000_000L;
        while (packets("packets") == 0) {
            assertTrue(System.nanoTime() < end, "no packet was counted");
        }
    }

    private static void assertNothingIsLeftOf(Path path) {
        assertFalse(Files.exists(path), path + " is left");
    }

    private void assertNothingIsLeft(LabStatus was) {
        assertNothingIsLeftOf(site.netns());
        assertNothingIsLeftOf(site.folder());
        assertNothingIsLeftOf(site.lock());
        assertNothingIsLeftOf(site.pins());
        site.cgroup().ifPresent(LabTest::assertNothingIsLeftOf);
        for (LabProcess process : was.processes()) {
            assertFalse(
                    ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false),
                    process.name() + " still runs");
        }
    }

    /* of the firewall on eth0, by its pinned program's map */
    private long packets(String map) {
        JsonObject link = Tool.json(
                        "bpftool",
                        "-j",
                        "link",
                        "show",
                        "pinned",
                        site.pins().resolve("eth0/xdp").toString())
                .getAsJsonObject();
        JsonObject program = Tool.json(
                        "bpftool",
                        "-j",
                        "prog",
                        "show",
                        "id",
                        link.get("prog_id").getAsString())
                .getAsJsonObject();
        return StreamSupport.stream(program.getAsJsonArray("map_ids").spliterator(), false)
                .map(id -> Tool.json("bpftool", "-j", "map", "show", "id", id.getAsString())
                        .getAsJsonObject())
                .filter(found -> found.get("name").getAsString().equals(map))
                .mapToLong(found -> Tool.json(
                                "bpftool",
                                "-j",
                                "map",
                                "lookup",
                                "id",
                                found.get("id").getAsString(),
                                "key",
                                "0",
                                "0",
                                "0",
                                "0")
                        .getAsJsonObject()
                        .getAsJsonObject("formatted")
                        .get("value")
                        .getAsLong())
                .sum();
    }

    /** The real one, but that the lab's own processes cannot be started. */
    private record LoaderWithoutExecutables(Loader real) implements Loader {
        @Override
        public Path ownExecutable(String executable) {
            return Path.of("/nowhere", executable);
        }

        @Override
        public LoadedObject load(Path objectFile) {
            return real.load(objectFile);
        }

        @Override
        public LoadedObject load(Path objectFile, ProgType type, AttachType expectedAttachType) {
            return real.load(objectFile, type, expectedAttachType);
        }

        @Override
        public LoadedObject loadExtension(Path objectFile, Fd target, String function) {
            return real.loadExtension(objectFile, target, function);
        }

        @Override
        public ObjectId mapId(Fd map) {
            return real.mapId(map);
        }

        @Override
        public ObjectId linkId(Fd link) {
            return real.linkId(link);
        }

        @Override
        public Attacher attacher(Path namespace) {
            return real.attacher(namespace);
        }

        @Override
        public Path ownObject(String object) {
            return real.ownObject(object);
        }
    }
}

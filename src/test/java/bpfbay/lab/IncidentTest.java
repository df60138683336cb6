package bpfbay.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Account;
import bpfbay.diagnose.Code;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.lab.Lab.Deed;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each incident for real, found by whoever watches the host meanwhile, and gone after it was mended. */
@InNetns
class IncidentTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "bbinc-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    private final LabSite site = new LabSite(name);
    private final List<String> progress = new ArrayList<>();
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
    private final Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.ON);
    private final Watch watch = new Watch(Duration.ZERO, Recent.MARKED, Watch.Memory.NONE, List::of);
    private Lab lab;

    @BeforeEach
    void up() {
        lab = new Lab(LibbpfLoader.open(), new LabOptions(name, OptionalInt.empty()));
        lab.up(progress::add);
    }

    @AfterEach
    void down() {
        collector.close();
        kernel.close();
        lab.down();
        assertFalse(Files.exists(site.otherNetns()), "the other namespace is left");
        assertFalse(Files.exists(site.pins()), "pins are left");
    }

    @Test
    void a_rollout_that_pinned_and_did_not_attach() {
        assertFound(Incident.SUPERSEDED, Code.SUPERSEDED_ATTACHMENT, "inc1/xdp");
    }

    @Test
    void a_filter_that_another_agent_overwrote() {
        assertFound(Incident.OVERWRITTEN, Code.REPLACED_UNDERNEATH, "inc2/tc/ingress/1:0x1");
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_program_that_stayed_beside_its_successor() {
        assertFound(Incident.DUPLICATE, Code.DUPLICATE_ATTACHMENT, "inc3/tcx/ingress/1", "inc3/tcx/ingress/2");
    }

    @Test
    void a_filter_behind_one_that_lets_everything_pass() {
        assertFound(Incident.SHADOWED, Code.SHADOWED_ATTACHMENT, "inc4/tc/ingress/1:0x1");
    }

    @Test
    void a_device_that_moved_to_another_namespace() {
        assertFound(Incident.MOVED, Code.MOVED_DEVICE, "netns:" + name + "-other/inc6/xdp");
    }

    @Test
    void a_chain_that_runs_in_another_order() {
        assertFound(Incident.REORDERED, Code.CHAIN_REORDERED, cgroup(1), cgroup(2));
    }

    @Test
    void a_new_program_with_maps_of_its_own() {
        assertFound(Incident.MAPS, Code.MAP_SPLIT, "inc8/xdp");
    }

    @Test
    void a_program_that_went_with_its_process() {
        look();
        look();
        lab.stage(
                Incident.DIES,
                time -> assertEquals(List.of(ref("inc9/xdp")), refs(look(), Code.DIES_WITH_PROCESS)),
                progress::add);
        assertEquals(List.of(ref("inc9/xdp")), refs(look(), Code.VANISHED));
        assertMended(Incident.DIES, Code.VANISHED);
    }

    @Test
    void a_rollout_that_stopped_half_way() {
        assertFound(Incident.SKEW, Code.VERSION_SKEW, "inc10c/xdp");
    }

    @Test
    void a_program_that_cuts_the_traffic() {
        assertFound(Incident.CUT, Code.REPLACED_UNDERNEATH, "inc11/xdp");
    }

    @Test
    @InNetns(needs = Feature.TRAMPOLINES)
    void a_dispatcher_that_was_left_half_updated_is_staged_where_components_load() {
        lab.stage(Incident.DISPATCHER, time -> {}, progress::add);
        assertTrue(Files.exists(site.pins().resolve("incident-5/slot_first")));
        lab.mend(Incident.DISPATCHER);
        assertFalse(Files.exists(site.pins().resolve("incident-5")));
    }

    @Test
    void staging_and_mending_twice_finds_nothing_to_do() {
        assertEquals(Deed.NOTHING_TO_DO, lab.mend(Incident.SKEW).deed());
        assertEquals(Deed.DONE, stage(Incident.SKEW).deed());
        assertEquals(List.of(Incident.SKEW), lab.status().staged());
        assertEquals(Deed.NOTHING_TO_DO, stage(Incident.SKEW).deed());
        assertEquals(Deed.DONE, lab.mend(Incident.SKEW).deed());
        assertEquals(List.of(), lab.status().staged());
        assertEquals(LabStatus.State.UP, lab.status().state());
    }

    @Test
    void an_incident_whose_staging_was_killed_is_mended_and_staged_again() {
        Lab.make(site.incidents().resolve("11"));
        LibbpfLoader loader = LibbpfLoader.open();
        LabProcesses processes =
                new LabProcesses(site.incidents().resolve("11/processes"), loader.ownExecutable("labd"));
        try (Stage stage = new Stage(loader, site, progress::add)) {
            Staging staging = new Staging(stage, Incident.CUT, processes, time -> {
                throw new IllegalStateException("killed");
            });
            assertThrows(IllegalStateException.class, staging::run);
        }
        assertEquals(List.of(Incident.CUT), lab.status().staged());
        lab.mend(Incident.CUT);
        assertEquals(Deed.DONE, stage(Incident.CUT).deed());
    }

    @Test
    void without_a_lab_there_is_nothing_to_break() {
        lab.down();
        LabException refused = assertThrows(LabException.class, () -> stage(Incident.SKEW));
        assertEquals("there is no lab: lab up makes one", refused.getMessage());
    }

    private Lab.Outcome stage(Incident incident) {
        return lab.stage(incident, time -> {}, progress::add);
    }

    private void assertFound(Incident incident, Code code, String... refs) {
        look();
        look();
        lab.stage(incident, time -> assertEquals(List.of(), refs(look(), code)), progress::add);
        List<String> expected = new ArrayList<>();
        for (String ref : refs) {
            expected.add(ref.contains(":" + name) || ref.startsWith("cgroup:") ? ref : ref(ref));
        }
        assertEquals(expected, lookFor(expected, code));
        assertMended(incident, code);
    }

    private void assertMended(Incident incident, Code code) {
        lab.mend(incident);
        assertEquals(List.of(), lookFor(List.of(), code));
        String devices = Tool.run("ip", "-n", name, "-o", "link");
        assertFalse(devices.contains("inc" + incident.number()), devices);
    }

    private Account look() {
        return watch.after(collector.collect(Set.of()));
    }

    /** What no event tells of is asked every tenth time. */
    private List<String> lookFor(List<String> expected, Code code) {
        List<String> found = List.of("nothing was looked at");
        for (int i = 0; i < 11 && !found.equals(expected); i++) {
            found = refs(look(), code);
        }
        return found;
    }

    private String ref(String place) {
        return "netns:" + name + "/" + place;
    }

    private String cgroup(int position) {
        return "cgroup:/" + name + "/incident-7/inet4_connect/" + position;
    }

    /** Of what the incidents have put there, and not of the rest of the lab or the host. */
    private List<String> refs(Account account, Code code) {
        return account.diagnosis().stream()
                .flatMap(diagnosis -> diagnosis.findings().stream())
                .filter(finding -> finding.code() == code)
                .map(Finding::refs)
                .flatMap(List::stream)
                .filter(ref -> ref.contains("/inc") && ref.contains(name))
                .toList();
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.HOLD_DOWN;
import static bpfbay.diagnose.Fixture.NETNS;
import static bpfbay.diagnose.Fixture.filter;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.loadedAt;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.tcxLink;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.diagnose.Manifest.Where;
import bpfbay.model.AttachTarget;
import bpfbay.model.Device;
import bpfbay.model.MapType;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class NotAsDeclaredTest {
    private final Rule rule = new NotAsDeclared();

    private static SnapshotBuilder shipped() {
        return tcxLink(
                tcxLink(
                        xdpLink(
                                host().program(program(11, ProgType.XDP, "xdp_fw", "v2"))
                                        .program(program(20, ProgType.SCHED_CLS, "allow", "a"))
                                        .program(program(30, ProgType.SCHED_CLS, "police", "a"))
                                        .program(program(40, ProgType.SCHED_CLS, "count", "a")),
                                0,
                                11,
                                88),
                        0,
                        20,
                        1),
                0,
                30,
                2);
    }

    private static Scene scene(SnapshotBuilder host, Manifest manifest) {
        return new Scene(host.build(), List.of(), Optional.empty(), HOLD_DOWN, Optional.of(manifest));
    }

    private static Manifest manifest(SnapshotBuilder host) {
        return Hooks.of(host.build());
    }

    private void quiet(Scene scene) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene));
    }

    @Test
    void what_runs_as_it_was_written_down_is_as_declared() {
        quiet(scene(shipped(), manifest(shipped())));
        Diagnosis edge = judge(
                rule,
                new Scene(
                        Snapshots.edge(),
                        List.of(),
                        Optional.empty(),
                        HOLD_DOWN,
                        Optional.of(Hooks.of(Snapshots.edge()))));
        assertEquals(List.of(), edge.findings());
    }

    @Test
    void what_stands_where_no_name_leads_cannot_be_declared_and_is_said() {
        SnapshotBuilder host = shipped()
                .namespace(5000, 77, "/proc/2210/ns/net")
                .device(5000, 2, "eth0")
                .program(program(50, ProgType.XDP, "pod", "a"))
                .attach(new Place.Xdp(new Device(5000, 2, "eth0"), XdpMode.NATIVE), Via.NETLINK, 50);

        Diagnosis said = judge(rule, scene(host, manifest(host)));

        assertEquals(List.of(), said.findings());
        assertEquals(
                List.of("no manifest can name the hooks of 1 attachment: netns:5000/eth0/xdp"),
                said.notEvaluated().stream().map(Diagnosis.NotEvaluated::why).toList());
    }

    @Test
    void a_program_of_netfilter_that_is_gone_is_not_as_declared() {
        AttachTarget.Netfilter input = new AttachTarget.Netfilter(OptionalLong.of(NETNS), 2, 1, -128);
        SnapshotBuilder was = host().program(program(50, ProgType.NETFILTER, "guard", "a"))
                .attachByLink(new Place.NetfilterHook(OptionalLong.of(NETNS), input), 50, 60);

        assertEquals(
                List.of("netfilter/ipv4/input/-128"),
                only(rule, scene(host(), manifest(was))).refs());
    }

    @Test
    void another_build_is_critical_with_what_is_declared_and_what_is() {
        SnapshotBuilder now = xdpLink(host().program(program(12, ProgType.XDP, "xdp_fw", "v1")), 0, 12, 88);
        SnapshotBuilder was = xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v2")), 0, 11, 88);

        Finding finding = only(rule, scene(now, manifest(was)));

        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(List.of("eth0/xdp"), finding.refs());
        assertEquals(
                "eth0/xdp not as declared: another build; declared xdp_fw native build fp-v2, is xdp_fw #12 (00000000,"
                        + " loaded 08:00:12Z) native build fp-v1",
                finding.title());
    }

    @Test
    void where_the_declared_build_is_loaded_the_swap_to_it_is_named() {
        SnapshotBuilder was = xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v2")), 0, 11, 88);
        SnapshotBuilder now = xdpLink(host().program(program(12, ProgType.XDP, "xdp_fw", "v1")), 0, 12, 88)
                .program(program(11, ProgType.XDP, "xdp_fw", "v2"));

        assertEquals(
                "bpfbay swap eth0/xdp --to prog:11 --dry-run",
                only(rule, scene(now, manifest(was))).suggest());
    }

    @Test
    void nothing_where_something_is_declared_is_critical() {
        Finding finding = only(
                rule,
                scene(host(), manifest(xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v2")), 0, 11, 88))));

        assertEquals(List.of("eth0/xdp"), finding.refs());
        assertEquals(
                "eth0/xdp not as declared: nothing is attached; declared xdp_fw native build fp-v2, is nothing",
                finding.title());
    }

    @Test
    void another_order_of_the_same_programs_is_critical() {
        SnapshotBuilder now = tcxLink(
                tcxLink(
                        xdpLink(
                                host().program(program(11, ProgType.XDP, "xdp_fw", "v2"))
                                        .program(program(20, ProgType.SCHED_CLS, "allow", "a"))
                                        .program(program(30, ProgType.SCHED_CLS, "police", "a")),
                                0,
                                11,
                                88),
                        0,
                        30,
                        2),
                0,
                20,
                1);

        assertEquals(true, only(rule, scene(now, manifest(shipped()))).title().contains("another order"));
    }

    @Test
    void another_mode_is_critical() {
        SnapshotBuilder was =
                host().program(program(11, ProgType.XDP, "xdp_fw", "v2")).attach(Fixture.xdp(0), Via.NETLINK, 11);
        SnapshotBuilder now = host().program(program(11, ProgType.XDP, "xdp_fw", "v2"))
                .attach(new Place.Xdp(Fixture.eth(0), XdpMode.GENERIC), Via.NETLINK, 11);

        assertEquals(true, only(rule, scene(now, manifest(was))).title().contains("mode generic instead of native"));
    }

    @Test
    void another_priority_of_a_filter_is_critical() {
        SnapshotBuilder was = shipped().attachFilter(tc(0), filter(0, 1, 1, 40));
        SnapshotBuilder now = shipped().attachFilter(tc(0), filter(0, 2, 1, 40));

        assertEquals(Code.NOT_AS_DECLARED, only(rule, scene(now, manifest(was))).code());
    }

    @Test
    void a_program_that_nobody_declared_on_a_declared_hook_is_critical() {
        SnapshotBuilder now = tcxLink(shipped(), 0, 40, 3);

        assertEquals(true, only(rule, scene(now, manifest(shipped()))).title().contains("other programs"));
    }

    @Test
    void hooks_that_nobody_declared_are_not_compared() {
        quiet(scene(xdpLink(shipped(), 1, 11, 89), manifest(shipped())));
    }

    @Test
    void an_agent_still_at_work_is_waited_for() {
        SnapshotBuilder was = xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v2")), 0, 11, 88);
        quiet(scene(
                xdpLink(
                        host().program(loadedAt(
                                Fixture.NOW.minusSeconds(4), program(12, ProgType.XDP, "xdp_fw", "v1"))),
                        0,
                        12,
                        88),
                manifest(was)));
    }

    @Test
    void the_same_difference_on_many_interfaces_is_one_finding() {
        SnapshotBuilder was = host();
        SnapshotBuilder now = host();
        for (int i = 0; i < 4; i++) {
            xdpLink(was.program(program(11, ProgType.XDP, "xdp_fw", "v2")), i, 11, 80 + i);
            xdpLink(now.program(program(12, ProgType.XDP, "xdp_fw", "v1")), i, 12, 80 + i);
        }

        assertEquals(4, only(rule, scene(now, manifest(was))).refs().size());
    }

    @Test
    void an_object_file_that_could_not_be_loaded_is_said() {
        Manifest manifest = new Manifest(List.of(new Hook(
                new Where("xdp", Optional.empty(), "eth0", ""),
                List.of(new Declared(
                        "xdp_fw",
                        Optional.of(
                                new Build(new Reading.NotAsked<>("there is no such object file"), Optional.of("fw.o"))),
                        Optional.empty(),
                        Optional.empty())))));

        Diagnosis diagnosis = judge(rule, scene(shipped(), manifest));

        assertEquals(List.of(), diagnosis.findings());
        assertEquals(
                "the build of fw.o is not known: there is no such object file",
                diagnosis.notEvaluated().get(0).why());
    }

    @Test
    void variables_that_have_run_on_may_be_why_a_build_looks_like_another() {
        SnapshotBuilder was = xdpLink(
                host().map(1, MapType.ARRAY, "fw.data", 4, 8, 1).program(program(11, ProgType.XDP, "xdp_fw", "v2", 1)),
                0,
                11,
                88);
        SnapshotBuilder now = xdpLink(
                host().map(2, MapType.ARRAY, "fw.data", 4, 8, 1).program(program(12, ProgType.XDP, "xdp_fw", "v3", 2)),
                0,
                12,
                88);

        Diagnosis diagnosis = judge(rule, scene(now, manifest(was)));

        assertEquals(List.of(), diagnosis.findings());
        assertEquals(1, diagnosis.notEvaluated().size());
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.loadedAt;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.process;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.withoutBtf;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SupersededAttachmentTest {
    private final Rule rule = new SupersededAttachment();

    private static SnapshotBuilder old() {
        return xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v1")), 0, 11, 88);
    }

    private static SnapshotBuilder rollout() {
        return old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2");
    }

    @Test
    void a_newer_build_that_is_pinned_and_attached_nowhere_is_found_with_the_swap_that_puts_it_there() {
        Finding finding = only(rule, scene(rollout()));

        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(List.of("eth0/xdp"), finding.refs());
        assertEquals(List.of(4027, 11), finding.progIds());
        assertEquals(
                "newer xdp_fw #4027 (loaded 09:07:07Z, pinned /sys/fs/bpf/fw/xdp_v2) is attached nowhere: eth0/xdp"
                        + " still runs #11 (loaded 08:00:11Z)",
                finding.title());
        assertEquals("bpfbay swap eth0/xdp --to prog:4027 --dry-run", finding.suggest());
    }

    @Test
    void where_no_swap_leads_to_the_hook_the_new_program_is_shown() {
        Place slot = new Place.NetnsHook(Fixture.NETNS, AttachType.SK_LOOKUP);
        SnapshotBuilder host = host().program(program(11, ProgType.SK_LOOKUP, "steer", "v1"))
                .link(88, LinkType.NETNS, 11, new AttachTarget.Netns(Fixture.NETNS), AttachType.SK_LOOKUP)
                .attachByLink(slot, 11, 88)
                .program(program(12, ProgType.SK_LOOKUP, "steer", "v2"))
                .pin(ObjectId.prog(12), "/sys/fs/bpf/steer");

        assertEquals("bpfbay show prog:12", only(rule, scene(host)).suggest());
    }

    @Test
    void forty_interfaces_left_behind_are_one_finding() {
        SnapshotBuilder host = rollout();
        for (int i = 1; i < 4; i++) {
            xdpLink(host.program(program(11 + i, ProgType.XDP, "xdp_fw", "v1")), i, 11 + i, 88 + i);
        }

        assertEquals(
                List.of("eth0/xdp", "eth1/xdp", "eth2/xdp", "eth3/xdp"),
                only(rule, scene(host)).refs());
    }

    @Test
    void a_newer_build_that_a_process_holds_counts_like_a_pinned_one() {
        SnapshotBuilder host = old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .hold(process(812, "xdpd"), ObjectId.prog(4027));

        assertEquals(1, judge(rule, scene(host)).findings().size());
    }

    @Test
    void a_newer_build_that_nobody_keeps_is_about_to_go() {
        quiet(old().program(program(4027, ProgType.XDP, "xdp_fw", "v2")));
    }

    @Test
    void a_newer_build_that_runs_anywhere_is_no_rollout_left_behind() {
        quiet(xdpLink(rollout(), 1, 4027, 89));
    }

    @Test
    void a_newer_build_that_a_link_keeps_ready_is_used() {
        quiet(rollout().link(90, LinkType.XDP, 4027, new AttachTarget.Netdev(OptionalLong.empty(), 0)));
    }

    @Test
    void a_newer_build_in_a_program_array_is_used() {
        quiet(rollout().slots(Reading.of(Map.of(4027, List.of(ObjectId.map(5))))));
    }

    @Test
    void where_the_entries_of_maps_are_not_known_nothing_is_claimed_and_that_is_said() {
        Diagnosis diagnosis = judge(rule, scene(rollout().slots(new Reading.Denied<>("CAP_SYS_ADMIN"))));

        assertEquals(List.of(), diagnosis.findings());
        NotEvaluated said = diagnosis.notEvaluated().get(0);
        assertEquals(Cause.PRIVILEGE, said.cause());
        assertEquals("whether a map's entry runs xdp_fw #4027 is not known: needs CAP_SYS_ADMIN", said.why());
    }

    @Test
    void a_program_of_another_make_and_the_same_name_is_no_kin() {
        quiet(old().program(withoutBtf(program(4027, ProgType.XDP, "xdp_fw", "v2"), "fp-else"))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/other/xdp"));
    }

    @Test
    void an_agent_that_has_loaded_a_moment_ago_is_still_at_work() {
        quiet(old().program(loadedAt(Fixture.NOW.minusSeconds(9), program(4027, ProgType.XDP, "xdp_fw", "v2")))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2"));
        assertEquals(
                1,
                judge(
                                rule,
                                scene(old().program(loadedAt(
                                                Fixture.NOW.minusSeconds(10),
                                                program(4027, ProgType.XDP, "xdp_fw", "v2")))
                                        .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2")))
                        .findings()
                        .size());
    }

    @Test
    void an_older_program_that_is_pinned_is_not_newer() {
        quiet(xdpLink(host().program(program(4027, ProgType.XDP, "xdp_fw", "v2")), 0, 4027, 88)
                .program(program(11, ProgType.XDP, "xdp_fw", "v1"))
                .pin(ObjectId.prog(11), "/sys/fs/bpf/fw/xdp_v1"));
    }

    @Test
    void what_bpfbay_keeps_for_a_way_back_is_meant_to_run_by_nobody() {
        quiet(old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0"));
    }

    @Test
    void the_load_for_an_interface_that_has_gone_is_no_rollout_where_the_build_is_the_same() {
        quiet(old().program(program(4027, ProgType.XDP, "xdp_fw", "v1"))
                .pin(ObjectId.prog(11), "/sys/fs/bpf/fw/eth0/prog")
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/eth9/prog"));
    }

    @Test
    void a_tracer_that_holds_every_program_does_not_mean_them_to_run() {
        quiet(old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .program(program(30, ProgType.CGROUP_SKB, "sd_fw_egress", "a"))
                .program(program(31, ProgType.CGROUP_DEVICE, "sd_devices", "a"))
                .hold(
                        process(4711, "watchdog"),
                        ObjectId.prog(11),
                        ObjectId.prog(4027),
                        ObjectId.prog(30),
                        ObjectId.prog(31)));
    }

    @Test
    void a_monitor_that_holds_what_other_agents_made_does_not_mean_it_to_run() {
        Holder monitor = process(4711, "monitor");
        quiet(old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .program(program(30, ProgType.SCHED_CLS, "police", "a"))
                .hold(process(812, "xdpd"), ObjectId.prog(11))
                .hold(process(813, "policed"), ObjectId.prog(30))
                .hold(monitor, ObjectId.prog(11), ObjectId.prog(30), ObjectId.prog(4027), ObjectId.map(7)));
    }

    @Test
    void a_child_that_inherited_its_agent_s_descriptors_is_no_monitor() {
        SnapshotBuilder host = old().program(program(4027, ProgType.XDP, "xdp_fw", "v2"))
                .hold(process(812, "xdpd"), ObjectId.prog(11), ObjectId.prog(4027))
                .hold(process(813, "xdpd-helper"), ObjectId.prog(11), ObjectId.prog(4027));

        assertEquals(1, judge(rule, scene(host)).findings().size());
    }

    @Test
    void unnamed_programs_are_nobodys_kin() {
        quiet(xdpLink(host().program(program(11, ProgType.XDP, "", "v1")), 0, 11, 88)
                .program(program(4027, ProgType.XDP, "", "v2"))
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2"));
    }

    private void quiet(SnapshotBuilder host) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene(host)));
    }
}

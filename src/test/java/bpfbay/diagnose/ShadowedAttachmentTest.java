package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.counted;
import static bpfbay.diagnose.Fixture.filter;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.tcxLink;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.model.AttachType;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ShadowedAttachmentTest {
    private final Rule rule = new ShadowedAttachment();

    private static SnapshotBuilder programs() {
        return host().program(program(20, ProgType.SCHED_CLS, "allow", "a"))
                .program(program(30, ProgType.SCHED_CLS, "police", "a"))
                .program(program(40, ProgType.SCHED_CLS, "count", "a"));
    }

    private static SnapshotBuilder chain() {
        return tcxLink(tcxLink(programs(), 0, 20, 1), 0, 30, 2).attachFilter(tc(0), filter(0, 1, 1, 40));
    }

    @Test
    void what_stands_still_behind_one_that_runs_is_found_with_both_counts() {
        Finding finding = only(rule, scene(chain().activity(counted(Map.of(20, 4000, 30, 0, 40, 0)))));

        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(List.of("eth0/tcx/ingress/2", "eth0/tc/ingress/1:0x1"), finding.refs());
        assertEquals(
                "police #30, count #40 attached, not running: 0 runs in 2.0 s, while allow #20 in front of it at"
                        + " eth0/tcx/ingress/1 ran 4000 times",
                finding.title());
    }

    @Test
    void tc_is_behind_tcx() {
        assertEquals(
                List.of("eth0/tc/ingress/1:0x1"),
                only(rule, scene(chain().activity(counted(Map.of(20, 4000, 30, 4000, 40, 0)))))
                        .refs());
    }

    @Test
    void nothing_is_claimed_of_an_interface_without_traffic() {
        quiet(chain().activity(counted(Map.of(20, 0, 30, 0, 40, 0))));
    }

    @Test
    void a_handful_of_packets_is_no_evidence() {
        quiet(chain().activity(counted(Map.of(20, 4, 30, 0, 40, 0))));
    }

    @Test
    void a_chain_in_which_all_run_is_as_it_should_be() {
        quiet(chain().activity(counted(Map.of(20, 4000, 30, 3999, 40, 1))));
    }

    @Test
    void one_that_was_jumped_over_while_a_later_one_ran_is_in_nobodys_shadow() {
        quiet(chain().activity(counted(Map.of(20, 4000, 30, 0, 40, 4000))));
    }

    @Test
    void a_filter_of_another_protocol_waits_for_other_packets() {
        quiet(tcxLink(programs(), 0, 20, 1)
                .attachFilter(tc(0), filter(0, 0x0806, 1, 1, 40))
                .activity(counted(Map.of(20, 4000, 40, 0))));
    }

    @Test
    void a_program_on_several_hooks_has_no_count_of_its_own_and_nothing_is_claimed_behind_it() {
        Diagnosis diagnosis =
                judge(rule, scene(tcxLink(chain(), 1, 20, 5).activity(counted(Map.of(20, 4000, 30, 0, 40, 0)))));

        assertEquals(List.of(), diagnosis.findings());
        assertEquals(
                "in 1 chain the counts of the program in front are of several attachments",
                diagnosis.notEvaluated().get(0).why());
    }

    @Test
    void a_program_that_also_stands_elsewhere_is_not_claimed_to_be_shadowed() {
        quiet(tcxLink(tcxLink(tcxLink(programs(), 0, 20, 1), 0, 30, 2), 1, 30, 3)
                .activity(counted(Map.of(20, 4000, 30, 0))));
    }

    @Test
    void nothing_is_claimed_behind_a_program_that_was_unloaded_since_it_was_counted() {
        quiet(tcxLink(tcxLink(host(), 0, 20, 1).program(program(30, ProgType.SCHED_CLS, "police", "a")), 0, 30, 2)
                .activity(counted(Map.of(20, 4000, 30, 0))));
    }

    @Test
    void without_counts_it_is_not_judged() {
        Diagnosis diagnosis = judge(rule, scene(chain()));

        assertEquals(List.of(), diagnosis.findings());
        assertEquals(Cause.NOT_ASKED, diagnosis.notEvaluated().get(0).cause());
    }

    @Test
    void where_counting_is_refused_the_missing_capability_is_the_reason() {
        Diagnosis diagnosis =
                judge(rule, scene(chain().problem("BPF_ENABLE_STATS", "run counts", 1, "needs CAP_SYS_ADMIN")));

        assertEquals(Cause.PRIVILEGE, diagnosis.notEvaluated().get(0).cause());
        assertEquals(
                "runs are not counted: needs CAP_SYS_ADMIN",
                diagnosis.notEvaluated().get(0).why());
    }

    @Test
    void the_programs_of_a_cgroup_run_one_after_the_other_whatever_each_says() {
        Place.Cgroup place = new Place.Cgroup("/web", 7, AttachType.CGROUP_INET_EGRESS);
        quiet(host().program(program(20, ProgType.CGROUP_SKB, "a", "a"))
                .program(program(30, ProgType.CGROUP_SKB, "b", "b"))
                .attachToCgroup(place, 20, OptionalInt.empty(), 2)
                .attachToCgroup(place, 30, OptionalInt.empty(), 2)
                .activity(counted(Map.of(20, 4000, 30, 0))));
    }

    private void quiet(SnapshotBuilder host) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene(host)));
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.filter;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.loadedAt;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.process;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.tcxLink;
import static bpfbay.diagnose.Fixture.withoutBtf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.TcFilter;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DuplicateAttachmentTest {
    private final Rule rule = new DuplicateAttachment();

    private static SnapshotBuilder agent() {
        return host().program(program(20, ProgType.SCHED_CLS, "from_netdev", "v1"))
                .program(program(30, ProgType.SCHED_CLS, "from_netdev", "v1"))
                .program(program(40, ProgType.SCHED_CLS, "classify", "v1"));
    }

    @Test
    void a_stale_program_beside_its_successor_in_one_chain_is_found_with_which_is_older_and_which_runs_first() {
        Finding finding = only(rule, scene(tcxLink(tcxLink(agent(), 0, 30, 1), 0, 20, 2)));

        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(List.of("eth0/tcx/ingress/1", "eth0/tcx/ingress/2"), finding.refs());
        assertEquals(
                "from_netdev runs 2 times on one way: first #30 (loaded 08:00:30Z) at eth0/tcx/ingress/1, then #20"
                        + " (loaded 08:00:20Z, the oldest) at eth0/tcx/ingress/2",
                finding.title());
        assertEquals("bpfbay show eth0/tcx/ingress/2", finding.suggest());
    }

    @Test
    void a_filter_at_an_old_priority_beside_the_new_one_is_found() {
        assertEquals(
                1,
                judge(
                                rule,
                                scene(agent().attachFilter(tc(0), filter(0, 1, 1, 20))
                                        .attachFilter(tc(0), filter(0, 2, 1, 30))))
                        .findings()
                        .size());
    }

    @Test
    void the_same_program_in_tcx_and_in_tc_runs_twice() {
        assertEquals(
                1,
                judge(rule, scene(tcxLink(agent(), 0, 20, 1).attachFilter(tc(0), filter(0, 1, 1, 20))))
                        .findings()
                        .size());
    }

    @Test
    void what_is_twice_on_every_interface_is_one_finding() {
        SnapshotBuilder host = agent();
        for (int i = 0; i < 4; i++) {
            tcxLink(tcxLink(host, i, 20, 10 + i), i, 30, 20 + i);
        }

        assertEquals(8, only(rule, scene(host)).refs().size());
    }

    @Test
    void several_different_programs_in_one_chain_are_usual() {
        quiet(tcxLink(tcxLink(agent(), 0, 20, 1), 0, 40, 2));
    }

    @Test
    void one_program_on_many_interfaces_is_usual() {
        quiet(tcxLink(tcxLink(tcxLink(agent(), 0, 20, 1), 1, 20, 2), 2, 20, 3));
    }

    @Test
    void filters_of_two_protocols_never_meet_one_packet() {
        quiet(agent().attachFilter(tc(0), filter(0, 0x0800, 1, 1, 20))
                .attachFilter(tc(0), filter(0, 0x86dd, 2, 1, 20)));
    }

    @Test
    void a_filter_for_the_device_and_its_twin_for_the_host_are_one() {
        quiet(agent().attachFilter(tc(0), filter(0, 1, 1, 20, TcFilter.Flag.SKIP_SW))
                .attachFilter(tc(0), filter(0, 2, 1, 20, TcFilter.Flag.SKIP_HW)));
    }

    @Test
    void two_agents_that_chose_one_name_are_two() {
        SnapshotBuilder host = host().program(withoutBtf(program(20, ProgType.SCHED_CLS, "ingress", "a"), "fp-a"))
                .program(withoutBtf(program(30, ProgType.SCHED_CLS, "ingress", "b"), "fp-b"))
                .hold(process(1, "one"), ObjectId.link(1))
                .hold(process(2, "other"), ObjectId.link(2));
        quiet(tcxLink(tcxLink(host, 0, 20, 1), 0, 30, 2));
    }

    @Test
    void unnamed_programs_are_not_of_one_name() {
        quiet(tcxLink(
                tcxLink(
                        host().program(program(20, ProgType.SCHED_CLS, "", "a"))
                                .program(program(30, ProgType.SCHED_CLS, "", "a")),
                        0,
                        20,
                        1),
                0,
                30,
                2));
    }

    @Test
    void an_agent_that_puts_the_new_one_in_front_before_it_takes_the_old_one_away_is_at_work() {
        quiet(tcxLink(
                tcxLink(
                        agent().program(loadedAt(
                                Fixture.NOW.minusSeconds(5), program(30, ProgType.SCHED_CLS, "from_netdev", "v1"))),
                        0,
                        30,
                        1),
                0,
                20,
                2));
    }

    private void quiet(SnapshotBuilder host) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene(host)));
    }
}

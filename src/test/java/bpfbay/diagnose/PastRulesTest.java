package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.filter;
import static bpfbay.diagnose.Fixture.happened;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.process;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.state;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.tcx;
import static bpfbay.diagnose.Fixture.tcxLink;
import static bpfbay.diagnose.Fixture.xdp;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rules of what has happened. */
final class PastRulesTest {
    private static final Author SOMEBODY = new Author(OptionalInt.of(4711), "ddagent", Author.Source.NETLINK_PORT);
    private static final Author BPFBAY = new Author(OptionalInt.of(99), "bpfbay", Author.Source.JOURNAL);

    private static void quiet(Rule rule, Scene scene) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene));
    }

    @Test
    void without_a_past_every_rule_of_the_past_says_that_it_cannot_tell() {
        for (Rule rule : List.of(new ReplacedUnderneath(), new Vanished(), new MovedDevice(), new ChainReordered())) {
            assertEquals(
                    "there is no earlier picture to compare with",
                    judge(rule, scene(host())).notEvaluated().get(0).why());
        }
    }

    @Nested
    class OfReplacements {
        private final Rule rule = new ReplacedUnderneath();
        private final SnapshotBuilder old =
                programs().attachFilter(tc(0), filter(0, 1, 1, 20)).hold(process(7, "agent"), ObjectId.prog(20));

        private static SnapshotBuilder programs() {
            return host().map(1, MapType.HASH, "cnt", 4, 8, 16)
                    .map(2, MapType.HASH, "cnt", 4, 8, 16)
                    .program(program(20, ProgType.SCHED_CLS, "from_netdev", "v1", 1))
                    .program(program(21, ProgType.SCHED_CLS, "from_netdev", "v2", 1))
                    .program(program(22, ProgType.SCHED_CLS, "from_netdev", "v2", 2))
                    .program(program(30, ProgType.SCHED_CLS, "classify", "v1"))
                    .program(program(50, ProgType.XDP, "xdp_fw", "v1", 1))
                    .program(program(51, ProgType.XDP, "xdp_fw", "v2", 1))
                    .program(program(52, ProgType.XDP, "xdp_fw", "v2", 2));
        }

        private static Occurrence replaced(SnapshotBuilder before, SnapshotBuilder after, Author... by) {
            Snapshot now = after.build();
            return happened(Kind.REPLACED, now, 0, state(before.build(), 0), state(now, 0), by);
        }

        @Test
        void a_filter_with_another_program_under_the_same_key_is_critical_and_says_who_and_when() {
            SnapshotBuilder now = programs().attachFilter(tc(0), filter(0, 1, 1, 30));

            Finding finding = only(rule, scene(now, replaced(old, now, SOMEBODY)));

            assertEquals(Severity.CRITICAL, finding.severity());
            assertEquals(
                    "from_netdev #20 on eth0/tc/ingress/1:0x1 was replaced by classify #30 at 22:50:07Z by ddagent"
                            + " 4711: it has another name",
                    finding.title());
            assertEquals("bpfbay swap eth0/tc/ingress/1:0x1 --to prog:20 --dry-run", finding.suggest());
        }

        @Test
        void a_filter_overwritten_by_one_of_the_same_name_is_critical_too() {
            SnapshotBuilder now = programs().attachFilter(tc(0), filter(0, 1, 1, 21));

            assertEquals(
                    Severity.CRITICAL,
                    only(rule, scene(now, replaced(old, now, SOMEBODY))).severity());
        }

        @Test
        void an_agent_that_regenerates_its_own_filter_is_daily_life() {
            SnapshotBuilder now =
                    programs().attachFilter(tc(0), filter(0, 1, 1, 22)).hold(process(7, "agent"), ObjectId.prog(22));

            assertEquals(
                    Severity.INFO, only(rule, scene(now, replaced(old, now))).severity());
        }

        @Test
        void an_agent_that_was_down_takes_over_a_filter_that_nobody_held_by_the_same_maps() {
            SnapshotBuilder left = programs().attachFilter(tc(0), filter(0, 1, 1, 20));
            SnapshotBuilder now =
                    programs().attachFilter(tc(0), filter(0, 1, 1, 21)).hold(process(8, "agent"), ObjectId.prog(21));
            SnapshotBuilder others =
                    programs().attachFilter(tc(0), filter(0, 1, 1, 22)).hold(process(8, "agent"), ObjectId.prog(22));

            assertEquals(
                    Severity.INFO, only(rule, scene(now, replaced(left, now))).severity());
            assertEquals(
                    Severity.CRITICAL,
                    only(rule, scene(others, replaced(left, others))).severity());
        }

        @Test
        void an_agent_that_is_another_container_since_its_update_is_still_that_agent() {
            SnapshotBuilder left = programs()
                    .attachFilter(tc(0), filter(0, 1, 1, 20))
                    .hold(contained(7, "agent", "aa"), ObjectId.prog(20));
            SnapshotBuilder now = programs()
                    .attachFilter(tc(0), filter(0, 1, 1, 21))
                    .hold(contained(8, "agent", "bb"), ObjectId.prog(21));
            SnapshotBuilder other = programs()
                    .attachFilter(tc(0), filter(0, 1, 1, 21))
                    .hold(contained(8, "other", "bb"), ObjectId.prog(21));

            assertEquals(
                    Severity.INFO, only(rule, scene(now, replaced(left, now))).severity());
            assertEquals(
                    Severity.CRITICAL,
                    only(rule, scene(other, replaced(left, other))).severity());
        }

        private static Holder contained(int pid, String comm, String container) {
            return new Holder(pid, pid, comm, Optional.empty(), Optional.empty(), Optional.of(container));
        }

        @Test
        void a_later_load_with_a_map_in_common_is_worth_knowing() {
            SnapshotBuilder before = xdpLink(programs(), 0, 50, 88);
            SnapshotBuilder now = xdpLink(programs(), 0, 51, 88);

            assertEquals(
                    Severity.INFO, only(rule, scene(now, replaced(before, now))).severity());
        }

        @Test
        void a_later_load_with_none_of_the_maps_is_critical() {
            SnapshotBuilder before = xdpLink(programs(), 0, 50, 88);
            SnapshotBuilder now = xdpLink(programs(), 0, 52, 88);

            assertEquals(
                    Severity.CRITICAL,
                    only(rule, scene(now, replaced(before, now))).severity());
        }

        @Test
        void a_dispatcher_that_is_built_anew_has_constants_and_no_state() {
            SnapshotBuilder before = host().map(7, MapType.ARRAY, "xdp_disp.rodata", 4, 124, 1)
                    .program(program(60, ProgType.XDP, "xdp_dispatcher", "a", 7))
                    .attach(xdp(0), Via.NETLINK, 60);
            SnapshotBuilder now = host().map(8, MapType.ARRAY, "xdp_disp.rodata", 4, 124, 1)
                    .program(program(61, ProgType.XDP, "xdp_dispatcher", "b", 8))
                    .attach(xdp(0), Via.NETLINK, 61);

            assertEquals(
                    Severity.INFO, only(rule, scene(now, replaced(before, now))).severity());
        }

        @Test
        void a_swap_of_ones_own_is_no_surprise() {
            SnapshotBuilder now = programs().attachFilter(tc(0), filter(0, 1, 1, 30));

            quiet(rule, scene(now, replaced(old, now, BPFBAY)));
        }

        @Test
        void what_was_put_back_is_as_it_was() {
            SnapshotBuilder other = programs().attachFilter(tc(0), filter(0, 1, 1, 30));

            quiet(rule, scene(old, replaced(old, other, SOMEBODY), replaced(other, old, SOMEBODY)));
        }

        @Test
        void what_is_replaced_within_the_hold_down_waits() {
            SnapshotBuilder now = programs().attachFilter(tc(0), filter(0, 1, 1, 30));
            Snapshot after = now.build();

            quiet(
                    rule,
                    scene(
                            now,
                            happened(
                                    Fixture.NOW.minusSeconds(2),
                                    Kind.REPLACED,
                                    after,
                                    0,
                                    state(old.build(), 0),
                                    state(after, 0))));
        }

        @Test
        void what_has_gone_since_is_no_replacement_any_more() {
            SnapshotBuilder now = programs().attachFilter(tc(0), filter(0, 1, 1, 30));

            quiet(rule, scene(programs(), replaced(old, now, SOMEBODY)));
        }
    }

    @Nested
    class OfVanishing {
        private final Rule rule = new Vanished();
        private final SnapshotBuilder before = xdpLink(
                        host().program(program(11, ProgType.XDP, "xdp_fw", "v1")), 0, 11, 88)
                .hold(process(812, "xdpd"), ObjectId.link(88));

        private Occurrence gone(Author... by) {
            return happened(Kind.DETACHED, before.build(), 0, state(before.build(), 0), Optional.empty(), by);
        }

        @Test
        void an_attachment_that_is_gone_from_a_device_that_is_not_is_found_with_its_last_owner() {
            Finding finding = only(rule, scene(host(), gone()));

            assertEquals(Severity.WARNING, finding.severity());
            assertEquals(List.of("eth0/xdp"), finding.refs());
            assertEquals("xdp_fw #11 is gone from eth0/xdp at 22:50:07Z; xdpd 812 stood behind it", finding.title());
            assertEquals("bpfbay path eth0", finding.suggest());
        }

        @Test
        void it_goes_with_its_device() {
            quiet(
                    rule,
                    scene(new SnapshotBuilder().ownNamespace(Fixture.NETNS).device(Fixture.NETNS, 1, "lo"), gone()));
        }

        @Test
        void a_namespace_of_the_same_inode_is_another_where_its_cookie_is() {
            SnapshotBuilder pod = new SnapshotBuilder()
                    .ownNamespace(1)
                    .namespace(Fixture.NETNS, 42, "/proc/9/ns/net")
                    .device(Fixture.NETNS, 2, "eth0");
            quiet(rule, scene(pod, gone()));
        }

        @Test
        void one_that_is_there_again_was_renewed() {
            quiet(rule, scene(xdpLink(host().program(program(12, ProgType.XDP, "xdp_fw", "v1")), 0, 12, 90), gone()));
        }

        @Test
        void one_that_went_from_tc_to_tcx_is_still_there() {
            SnapshotBuilder was = host().program(program(20, ProgType.SCHED_CLS, "from_netdev", "v1"))
                    .attachFilter(tc(0), filter(0, 1, 1, 20));
            SnapshotBuilder now =
                    tcxLink(host().program(program(21, ProgType.SCHED_CLS, "from_netdev", "v1")), 0, 21, 5);

            quiet(rule, scene(now, happened(Kind.DETACHED, was.build(), 0, state(was.build(), 0), Optional.empty())));
        }

        @Test
        void one_without_a_name_was_renewed_where_a_later_one_of_its_type_stands_now() {
            Place.Cgroup rules = new Place.Cgroup("/c", 7, new AttachType(6));
            SnapshotBuilder was = host().program(program(60, ProgType.CGROUP_DEVICE, "", "a"))
                    .attachToCgroup(rules, 60, OptionalInt.empty(), 2);
            Occurrence gone = happened(Kind.DETACHED, was.build(), 0, state(was.build(), 0), Optional.empty());
            SnapshotBuilder renewed = host().program(program(61, ProgType.CGROUP_DEVICE, "", "b"))
                    .attachToCgroup(rules, 61, OptionalInt.empty(), 2);
            SnapshotBuilder another = host().program(program(59, ProgType.CGROUP_DEVICE, "", "b"))
                    .attachToCgroup(rules, 59, OptionalInt.empty(), 2);

            quiet(rule, scene(renewed, gone));
            assertEquals(1, judge(rule, scene(another, gone)).findings().size());
        }

        @Test
        void one_that_was_there_for_a_moment_was_a_trial() {
            Snapshot was = before.build();
            quiet(
                    rule,
                    scene(
                            host(),
                            happened(
                                    Fixture.NOW.minusSeconds(62),
                                    Kind.ATTACHED,
                                    was,
                                    0,
                                    Optional.empty(),
                                    state(was, 0)),
                            gone()));
        }

        @Test
        void one_that_bpfbay_took_away_is_no_surprise() {
            quiet(rule, scene(host(), gone(BPFBAY)));
        }

        @Test
        void of_the_root_cgroup_it_is_claimed_as_that_is_always_there() {
            Place.Cgroup root = new Place.Cgroup("/", 1, AttachType.CGROUP_INET_EGRESS);
            SnapshotBuilder was = host().program(program(60, ProgType.CGROUP_SKB, "acct", "a"))
                    .attachToCgroup(root, 60, OptionalInt.empty(), 2);
            Occurrence gone = happened(Kind.DETACHED, was.build(), 0, state(was.build(), 0), Optional.empty());

            Diagnosis said = judge(rule, scene(host(), gone));

            assertEquals(1, said.findings().size());
            assertEquals(List.of(), said.notEvaluated());
        }

        @Test
        void of_a_cgroup_it_is_claimed_while_that_is_there_and_not_when_it_went_too() {
            Place.Cgroup web = new Place.Cgroup("/web", 7, AttachType.CGROUP_INET_EGRESS);
            SnapshotBuilder was = host().program(program(60, ProgType.CGROUP_SKB, "acct", "a"))
                    .attachToCgroup(web, 60, OptionalInt.empty(), 2);
            Occurrence gone = happened(Kind.DETACHED, was.build(), 0, state(was.build(), 0), Optional.empty());

            Finding finding = only(rule, scene(host().cgroups(1L, 7L, 12L), gone));
            assertEquals(List.of("cgroup:/web/inet_egress/1"), finding.refs());
            Diagnosis went = judge(rule, scene(host().cgroups(1L, 12L), gone));
            assertEquals(Diagnosis.NOTHING, went);
        }

        @Test
        void of_a_cgroup_it_is_claimed_where_something_else_of_that_cgroup_is_still_there() {
            Place.Cgroup web = new Place.Cgroup("/web", 7, AttachType.CGROUP_INET_EGRESS);
            Place.Cgroup same = new Place.Cgroup("/web", 7, AttachType.CGROUP_INET_INGRESS);
            SnapshotBuilder was = host().program(program(60, ProgType.CGROUP_SKB, "acct", "a"))
                    .attachToCgroup(web, 60, OptionalInt.empty(), 2);
            SnapshotBuilder now = host().program(program(61, ProgType.CGROUP_SKB, "other", "a"))
                    .attachToCgroup(same, 61, OptionalInt.empty(), 2);
            Occurrence gone = happened(Kind.DETACHED, was.build(), 0, state(was.build(), 0), Optional.empty());

            assertEquals(1, judge(rule, scene(now, gone)).findings().size());
            Diagnosis unknown = judge(rule, scene(host(), gone));
            assertEquals(List.of(), unknown.findings());
            assertEquals(
                    "whether the cgroups of 1 attachment are still there is not known",
                    unknown.notEvaluated().get(0).why());
        }
    }

    @Nested
    class OfMoves {
        private final Rule rule = new MovedDevice();

        private static SnapshotBuilder blue(SnapshotBuilder host) {
            return host.namespace(2000, 7, "/run/netns/blue", "blue").device(2000, 9, "eth0");
        }

        private static SnapshotBuilder moved() {
            return blue(new SnapshotBuilder().ownNamespace(Fixture.NETNS).device(Fixture.NETNS, 2, "innocent"))
                    .program(program(11, ProgType.XDP, "xdp_fw", "v1"))
                    .attachByLink(new Place.Xdp(new Device(2000, 9, "eth0"), XdpMode.NATIVE), 11, 88);
        }

        private static Occurrence move(SnapshotBuilder to) {
            Snapshot before = xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v1")), 0, 11, 88)
                    .build();
            Snapshot now = to.build();
            return happened(Kind.MOVED, now, 0, state(before, 0), state(now, 0));
        }

        @Test
        void a_device_in_another_namespace_is_named_by_where_it_was_and_where_it_is() {
            Finding finding = only(rule, scene(moved(), move(moved())));

            assertEquals(Severity.WARNING, finding.severity());
            assertEquals(List.of("netns:blue/eth0/xdp"), finding.refs());
            assertEquals("eth0/xdp moved to netns:blue/eth0/xdp at 22:50:07Z; it keeps xdp_fw #11", finding.title());
            assertEquals("bpfbay show netns:blue/eth0/xdp", finding.suggest());
        }

        @Test
        void a_device_made_for_a_container_and_handed_over_at_once_has_not_moved() {
            Snapshot now = moved().build();
            quiet(
                    rule,
                    scene(
                            moved(),
                            happened(
                                    Fixture.NOW.minusSeconds(61),
                                    Kind.ATTACHED,
                                    now,
                                    0,
                                    Optional.empty(),
                                    state(now, 0)),
                            move(moved())));
        }

        @Test
        void a_folder_of_libxdp_that_names_another_number_than_the_device_s_is_found() {
            SnapshotBuilder host = host().program(program(29, ProgType.XDP, "xdp_dispatcher", "v2"))
                    .attach(xdp(1), Via.NETLINK, 29)
                    .pin(ObjectId.prog(30), "/sys/fs/bpf/xdp/dispatch-7-29/prog0-prog")
                    .pin(ObjectId.link(31), "/sys/fs/bpf/xdp/dispatch-7-29/prog0-link");

            Finding finding = only(rule, scene(host));

            assertTrue(
                    finding.title().startsWith("/sys/fs/bpf/xdp/dispatch-7-29 names another interface"),
                    finding.title());
        }

        @Test
        void a_folder_of_libxdp_with_the_device_s_number_is_as_it_should_be() {
            quiet(
                    rule,
                    scene(
                            host().program(program(29, ProgType.XDP, "xdp_dispatcher", "v2"))
                                    .attach(xdp(1), Via.NETLINK, 29)
                                    .pin(ObjectId.prog(30), "/sys/fs/bpf/xdp/dispatch-3-29/prog0-prog"),
                            new Occurrence[0]));
        }
    }

    @Nested
    class OfOrder {
        private final Rule rule = new ChainReordered();

        private static SnapshotBuilder chain(int first, int second) {
            return host().program(program(20, ProgType.SCHED_CLS, "allow", "a"))
                    .program(program(30, ProgType.SCHED_CLS, "police", "a"))
                    .link(first, LinkType.TCX, first, Fixture.on(0))
                    .link(second, LinkType.TCX, second, Fixture.on(0))
                    .attachByLink(tcx(0), first, first)
                    .attachByLink(tcx(0), second, second);
        }

        private static Occurrence reordered(List<Integer> before, List<Integer> after, Author... by) {
            return happened(
                    Kind.REORDERED,
                    chain(after.get(0), after.get(1)).build(),
                    0,
                    Optional.of(ordered(before)),
                    Optional.of(ordered(after)),
                    by);
        }

        private static State ordered(List<Integer> chain) {
            return new State(
                    OptionalInt.of(chain.get(0)),
                    "",
                    "",
                    OptionalInt.empty(),
                    Optional.empty(),
                    chain,
                    Optional.empty(),
                    List.of(),
                    OptionalLong.empty());
        }

        @Test
        void the_same_programs_in_another_order_are_found_with_both_orders() {
            Finding finding = only(rule, scene(chain(30, 20), reordered(List.of(20, 30), List.of(30, 20))));

            assertEquals(Severity.WARNING, finding.severity());
            assertEquals(
                    "the chain of eth0/tcx/ingress/1 runs in another order since 22:50:07Z: police #30, allow #20,"
                            + " before allow #20, police #30",
                    finding.title());
        }

        @Test
        void an_order_that_was_put_right_again_is_right() {
            quiet(
                    rule,
                    scene(
                            chain(20, 30),
                            reordered(List.of(20, 30), List.of(30, 20)),
                            reordered(List.of(30, 20), List.of(20, 30))));
        }

        @Test
        void an_order_of_bpfbay_s_own_making_is_no_surprise() {
            quiet(rule, scene(chain(30, 20), reordered(List.of(20, 30), List.of(30, 20), BPFBAY)));
        }
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.filter;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.loadedAt;
import static bpfbay.diagnose.Fixture.on;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.process;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.xdp;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.model.AttachTarget;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rules of what is attached, pinned and held at one moment. */
final class ObjectRulesTest {
    private static SnapshotBuilder attached() {
        return xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v1", 25)), 0, 11, 88);
    }

    private static void quiet(Rule rule, SnapshotBuilder host) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene(host)));
    }

    @Nested
    class OfMaps {
        private final Rule rule = new MapSplit();

        private static SnapshotBuilder maps() {
            return attached()
                    .map(25, MapType.HASH, "cnt", 4, 8, 1024)
                    .map(31, MapType.HASH, "cnt", 4, 8, 2048)
                    .map(32, MapType.ARRAY, "fw.rodata", 4, 64, 1);
        }

        @Test
        void a_later_load_with_a_map_of_its_own_is_worth_knowing() {
            Finding finding = only(
                    rule, scene(xdpLink(maps().program(program(4027, ProgType.XDP, "xdp_fw", "v2", 31)), 1, 4027, 89)));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals(
                    "two maps of one name: cnt is #25 of xdp_fw #11 on eth0/xdp, but #31 of the later loaded #4027",
                    finding.title());
            assertEquals("bpfbay show map:31", finding.suggest());
            assertTrue(finding.evidence().get(0).endsWith("another layout"), finding.evidence()::toString);
        }

        @Test
        void beside_a_rollout_left_behind_it_is_a_warning() {
            SnapshotBuilder host = maps().program(program(4027, ProgType.XDP, "xdp_fw", "v2", 31))
                    .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2");

            assertEquals(Severity.WARNING, only(rule, scene(host)).severity());
        }

        @Test
        void a_later_load_that_shares_the_map_is_what_one_hopes_for() {
            quiet(rule, xdpLink(maps().program(program(4027, ProgType.XDP, "xdp_fw", "v2", 25)), 1, 4027, 89));
        }

        @Test
        void loads_of_one_build_for_an_interface_each_have_their_own_maps() {
            quiet(rule, xdpLink(maps().program(program(4027, ProgType.XDP, "xdp_fw", "v1", 31)), 1, 4027, 89));
        }

        @Test
        void constants_are_every_loads_own() {
            SnapshotBuilder host = xdpLink(host().program(program(11, ProgType.XDP, "xdp_fw", "v1", 32)), 0, 11, 88)
                    .map(32, MapType.ARRAY, "fw.rodata", 4, 64, 1)
                    .map(33, MapType.ARRAY, "fw.rodata", 4, 64, 1);
            quiet(rule, xdpLink(host.program(program(4027, ProgType.XDP, "xdp_fw", "v2", 33)), 1, 4027, 89));
        }
    }

    @Nested
    class OfProcesses {
        private final Rule rule = new DiesWithProcess();

        @Test
        void a_link_that_only_a_process_holds_dies_with_it_though_the_program_is_pinned() {
            Finding finding = only(
                    rule,
                    scene(attached()
                            .hold(process(812, "xdpd"), ObjectId.link(88), ObjectId.prog(11))
                            .pin(ObjectId.prog(11), "/sys/fs/bpf/fw/prog")));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals("xdp_fw on eth0/xdp dies with xdpd 812: no pin holds its link", finding.title());
        }

        @Test
        void all_that_hangs_on_one_process_is_one_finding() {
            SnapshotBuilder host =
                    xdpLink(attached(), 1, 11, 89).hold(process(812, "xdpd"), ObjectId.link(88), ObjectId.link(89));

            assertEquals(
                    List.of("eth0/xdp", "eth1/xdp"), only(rule, scene(host)).refs());
        }

        @Test
        void a_pinned_link_outlives_its_process() {
            quiet(
                    rule,
                    attached().hold(process(812, "xdpd"), ObjectId.link(88)).pin(ObjectId.link(88), "/sys/fs/bpf/x"));
        }

        @Test
        void what_process_1_holds_lives_as_long_as_the_host() {
            quiet(rule, attached().hold(process(1, "systemd"), ObjectId.link(88)));
        }

        @Test
        void a_tracing_tool_is_meant_to_end_with_its_process() {
            AttachTarget target = new AttachTarget.KernelFunction("tcp_connect", 1);
            quiet(
                    rule,
                    host().program(program(50, ProgType.TRACING, "trace", "a"))
                            .link(5, LinkType.KPROBE_MULTI, 50, target)
                            .attachByLink(new Place.Other(LinkType.KPROBE_MULTI, target), 50, 5)
                            .hold(process(9, "bpftrace"), ObjectId.link(5)));
        }

        @Test
        void where_holders_cannot_be_seen_it_is_not_judged() {
            Diagnosis diagnosis = judge(rule, scene(attached().ownership(new Reading.Denied<>("CAP_SYS_PTRACE"))));

            assertEquals(Cause.PRIVILEGE, diagnosis.notEvaluated().get(0).cause());
            assertEquals(
                    "who holds 1 link without a pin is not known: needs CAP_SYS_PTRACE",
                    diagnosis.notEvaluated().get(0).why());
        }
    }

    @Nested
    class OfPins {
        private final Rule rule = new PinBehind();

        private static SnapshotBuilder upgraded() {
            return xdpLink(host().program(program(4027, ProgType.XDP, "xdp_fw", "v2")), 0, 4027, 88)
                    .program(program(11, ProgType.XDP, "xdp_fw", "v1"));
        }

        @Test
        void a_pin_of_an_older_build_than_the_attached_one_is_named() {
            Finding finding = only(rule, scene(upgraded().pin(ObjectId.prog(11), "/sys/fs/bpf/fw/xdp")));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals(
                    "/sys/fs/bpf/fw/xdp holds xdp_fw #11 (00000000, loaded 08:00:11Z), an older build than #4027 on"
                            + " eth0/xdp: a restart from the pin rolls back",
                    finding.title());
            assertEquals("bpfbay show pin:/sys/fs/bpf/fw/xdp", finding.suggest());
        }

        @Test
        void an_older_load_of_the_same_build_rolls_nothing_back() {
            quiet(
                    rule,
                    xdpLink(host().program(program(4027, ProgType.XDP, "xdp_fw", "v1")), 0, 4027, 88)
                            .program(program(11, ProgType.XDP, "xdp_fw", "v1"))
                            .pin(ObjectId.prog(11), "/sys/fs/bpf/fw/xdp"));
        }

        @Test
        void the_way_back_of_a_swap_is_older_by_intent() {
            quiet(rule, upgraded().pin(ObjectId.prog(11), "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0"));
        }

        @Test
        void a_pin_of_what_is_attached_is_as_it_should_be() {
            quiet(rule, upgraded().pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp"));
        }
    }

    @Nested
    class OfMounts {
        private final Rule rule = new PinLifetime();

        @Test
        void a_link_pinned_only_where_another_mount_namespace_sees_it_may_go_with_that() {
            Finding finding =
                    only(rule, scene(attached().pin(ObjectId.link(88), "/proc/1204/root/sys/fs/bpf/cilium/x")));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals(
                    "the only pin of eth0/xdp is in a bpffs that only another mount namespace has:"
                            + " /proc/1204/root/sys/fs/bpf/cilium/x",
                    finding.title());
        }

        @Test
        void a_link_pinned_under_a_second_bpffs_is_named() {
            assertTrue(only(rule, scene(attached().pin(ObjectId.link(88), "/run/fw/bpf/x")))
                    .title()
                    .contains("a second bpffs"));
        }

        @Test
        void a_link_pinned_at_the_usual_place_too_stays() {
            quiet(
                    rule,
                    attached()
                            .pin(ObjectId.link(88), "/proc/1204/root/sys/fs/bpf/cilium/x")
                            .pin(ObjectId.link(88), "/sys/fs/bpf/x"));
        }
    }

    @Nested
    class OfGenericXdp {
        private final Rule rule = new GenericXdp();

        private static SnapshotBuilder generic(Reading<Boolean> isNative) {
            return host().device(new NetInterface(
                            Fixture.NETNS,
                            7,
                            "ens7",
                            true,
                            1500,
                            Optional.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            isNative))
                    .program(program(11, ProgType.XDP, "xdp_fw", "v1"))
                    .attach(
                            new Place.Xdp(new bpfbay.model.Device(Fixture.NETNS, 7, "ens7"), XdpMode.GENERIC),
                            Via.NETLINK,
                            11);
        }

        @Test
        void generic_xdp_where_the_driver_does_native_is_named() {
            Finding finding = only(rule, scene(generic(Reading.of(true))));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals("xdp_fw #11 runs as generic XDP on ens7, whose driver does native", finding.title());
        }

        @Test
        void generic_xdp_is_all_that_some_drivers_have() {
            quiet(rule, generic(Reading.of(false)));
        }

        @Test
        void a_driver_of_which_nothing_is_known_is_said() {
            assertEquals(
                    "whether the driver of ens7 does native XDP is not known: needs Linux 6.3",
                    judge(rule, scene(generic(new Reading.Unsupported<>("Linux 6.3"))))
                            .notEvaluated()
                            .get(0)
                            .why());
        }
    }

    @Nested
    class OfOrphans {
        private final Rule rule = new OrphanAttachment();

        private static SnapshotBuilder filtered() {
            return host().program(program(40, ProgType.SCHED_CLS, "count", "a"))
                    .attachFilter(tc(0), filter(0, 1, 1, 40));
        }

        @Test
        void a_filter_whose_program_nobody_holds_has_no_source() {
            Finding finding = only(rule, scene(filtered()));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals(
                    "count #40 (00000000, loaded 08:00:40Z) on eth0/tc/ingress/1:0x1 is nobody's: no pin and no process"
                            + " holds it",
                    finding.title());
        }

        @Test
        void a_pin_tells_where_it_comes_from() {
            quiet(rule, filtered().pin(ObjectId.prog(40), "/sys/fs/bpf/count"));
        }

        @Test
        void a_process_that_holds_its_maps_is_its_likely_owner() {
            quiet(rule, filtered().infer(ObjectId.prog(40), process(7, "agent"), ObjectId.Kind.MAP, "holds its map"));
        }

        @Test
        void an_attachment_by_link_has_a_link_to_ask() {
            quiet(rule, attached());
        }

        @Test
        void one_program_on_many_interfaces_is_one_finding() {
            SnapshotBuilder host = host().program(program(40, ProgType.XDP, "count", "a"));
            for (int i = 0; i < 4; i++) {
                host.attach(xdp(i), Via.NETLINK, 40);
            }
            assertEquals(4, only(rule, scene(host)).refs().size());
        }

        @Test
        void where_holders_cannot_be_seen_nobody_is_called_an_orphan() {
            Diagnosis diagnosis = judge(rule, scene(filtered().ownership(new Reading.Denied<>("CAP_SYS_PTRACE"))));

            assertEquals(List.of(), diagnosis.findings());
            assertEquals(Cause.PRIVILEGE, diagnosis.notEvaluated().get(0).cause());
        }
    }

    @Nested
    class OfLinks {
        private final Rule rule = new DetachedLink();

        private static SnapshotBuilder detached() {
            return host().program(program(11, ProgType.XDP, "xdp_fw", "v1"))
                    .link(88, LinkType.XDP, 11, new AttachTarget.Netdev(OptionalLong.empty(), 0));
        }

        @Test
        void a_pinned_link_whose_device_has_gone_is_named() {
            Finding finding = only(rule, scene(detached().pin(ObjectId.link(88), "/sys/fs/bpf/fw/xdp")));

            assertEquals(Severity.INFO, finding.severity());
            assertEquals("link:88 of xdp_fw is attached to nothing, and pinned", finding.title());
            assertEquals("bpfbay show link:88", finding.suggest());
        }

        @Test
        void a_link_that_nobody_keeps_is_about_to_go() {
            quiet(rule, detached());
        }

        @Test
        void an_attached_link_is_as_it_should_be() {
            quiet(rule, attached().pin(ObjectId.link(88), "/sys/fs/bpf/fw/xdp"));
        }

        @Test
        void a_link_just_loaded_may_be_on_its_way_out() {
            quiet(
                    rule,
                    detached()
                            .program(loadedAt(Fixture.NOW.minusSeconds(3), program(11, ProgType.XDP, "xdp_fw", "v1")))
                            .link(89, LinkType.XDP, 11, on(0))
                            .pin(ObjectId.link(88), "/sys/fs/bpf/fw/xdp"));
        }
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.HOLD_DOWN;
import static bpfbay.diagnose.Fixture.NETNS;
import static bpfbay.diagnose.Fixture.NOW;
import static bpfbay.diagnose.Fixture.counted;
import static bpfbay.diagnose.Fixture.eth;
import static bpfbay.diagnose.Fixture.happened;
import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.state;
import static bpfbay.diagnose.Fixture.tc;
import static bpfbay.diagnose.Fixture.tcxLink;
import static bpfbay.diagnose.Fixture.xdp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Kind;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Hosts of which nothing is to be said that would wake anybody. */
final class HealthyHostTest {
    private static final Holder SYSTEMD =
            new Holder(1, 1, "systemd", Optional.of("/init.scope"), Optional.of("init.scope"), Optional.empty());
    private static final Holder CNI = new Holder(
            1204, 8812, "cilium-agent", Optional.of("/kubepods/x"), Optional.empty(), Optional.of("3f4e8a1c9b2d"));

    private static void calm(Scene scene) {
        List<Finding> bad = new Diagnostician()
                .judge(scene).findings().stream()
                        .filter(finding -> finding.severity().isBad())
                        .toList();
        assertEquals(List.of(), bad);
    }

    @Test
    void a_host_without_anything() {
        Diagnosis diagnosis =
                new Diagnostician().judge(new Scene(Snapshots.bare(), List.of(), Optional.of(NOW), HOLD_DOWN));

        assertEquals(Diagnosis.NOTHING, diagnosis);
    }

    @Test
    void one_program_on_many_interfaces_beside_others_in_each_chain() {
        SnapshotBuilder host = host().program(program(20, ProgType.SCHED_CLS, "from_netdev", "v1"))
                .program(program(21, ProgType.SCHED_CLS, "police", "v1"))
                .program(program(22, ProgType.SCHED_CLS, "count", "v1"));
        for (int i = 0; i < 4; i++) {
            tcxLink(tcxLink(host, i, 20, 100 + i), i, 21, 200 + i);
            host.attachFilter(tc(i), Fixture.filter(i, 1, 1, 22));
        }
        calm(scene(host.activity(counted(Map.of(20, 4000, 21, 0, 22, 0))), new Occurrence[0]));
    }

    @Test
    void a_dispatcher_with_its_components() {
        calm(scene(
                host().program(program(29, ProgType.XDP, "xdp_dispatcher", "v2"))
                        .program(program(19, ProgType.EXT, "xdp_pass", "a"))
                        .program(program(38, ProgType.EXT, "xdp_pass", "a"))
                        .link(4, LinkType.TRACING, 19, new AttachTarget.Prog(29, 7, Optional.of("prog0")))
                        .link(5, LinkType.TRACING, 38, new AttachTarget.Prog(29, 9, Optional.of("prog1")))
                        .attach(xdp(0), Via.NETLINK, 29)
                        .attachSlot(new Place.Freplace(Optional.of(eth(0)), 29, 7, Optional.of("prog0")), 19, 4, 0)
                        .attachSlot(new Place.Freplace(Optional.of(eth(0)), 29, 9, Optional.of("prog1")), 38, 5, 1)
                        .pin(ObjectId.prog(19), "/sys/fs/bpf/xdp/dispatch-2-29/prog0-prog")
                        .pin(ObjectId.link(4), "/sys/fs/bpf/xdp/dispatch-2-29/prog0-link")
                        .pin(ObjectId.prog(38), "/sys/fs/bpf/xdp/dispatch-2-29/prog1-prog")
                        .pin(ObjectId.link(5), "/sys/fs/bpf/xdp/dispatch-2-29/prog1-link"),
                new Occurrence[0]));
    }

    @Test
    void services_and_containers_with_a_program_of_their_own_each() {
        SnapshotBuilder host = host();
        int id = 100;
        for (String path : List.of("/", "/system.slice", "/system.slice/web.service", "/system.slice/db.service")) {
            long cgroup = id;
            for (AttachType type : List.of(AttachType.CGROUP_INET_EGRESS, AttachType.CGROUP_INET_INGRESS)) {
                String name = type.equals(AttachType.CGROUP_INET_EGRESS) ? "sd_fw_egress" : "sd_fw_ingress";
                host.program(program(id, ProgType.CGROUP_SKB, name, "of " + path))
                        .attachToCgroup(new Place.Cgroup(path, cgroup, type), id, OptionalInt.empty(), 2)
                        .hold(SYSTEMD, ObjectId.prog(id));
                id++;
            }
            host.program(program(id, ProgType.CGROUP_DEVICE, "sd_devices", "of " + path))
                    .attachToCgroup(new Place.Cgroup(path, cgroup, new AttachType(6)), id, OptionalInt.empty(), 2)
                    .hold(SYSTEMD, ObjectId.prog(id));
            id++;
            host.program(program(id, ProgType.CGROUP_DEVICE, "", "of " + path))
                    .attachToCgroup(
                            new Place.Cgroup(path + "/c", cgroup + 50, new AttachType(6)), id, OptionalInt.empty(), 2);
            id++;
        }
        calm(scene(host, new Occurrence[0]));
    }

    @Test
    void a_program_that_only_a_tracer_still_holds() {
        SnapshotBuilder host = host();
        Holder tracer = Fixture.process(4711, "ebpf-exporter");
        for (int i = 0; i < 3; i++) {
            host.program(program(100 + i, ProgType.CGROUP_DEVICE, "sd_devices", "of " + i))
                    .hold(tracer, ObjectId.prog(100 + i));
        }
        host.attachToCgroup(new Place.Cgroup("/a", 7, new AttachType(6)), 100, OptionalInt.empty(), 2)
                .hold(SYSTEMD, ObjectId.prog(100))
                .program(program(110, ProgType.XDP, "xdp_fw", "v1"))
                .program(program(111, ProgType.SCHED_CLS, "police", "v1"))
                .hold(tracer, ObjectId.prog(110), ObjectId.prog(111));
        calm(scene(Fixture.xdpLink(host, 0, 110, 1), new Occurrence[0]));
    }

    @Test
    void programs_that_are_called_by_others_through_maps() {
        calm(scene(
                Fixture.xdpLink(host().program(program(11, ProgType.XDP, "xdp_step", "a", 5)), 0, 11, 88)
                        .map(5, MapType.PROG_ARRAY, "steps", 4, 4, 8)
                        .program(program(12, ProgType.XDP, "xdp_step", "b", 5))
                        .pin(ObjectId.prog(12), "/sys/fs/bpf/steps/1")
                        .slots(bpfbay.model.Reading.of(Map.of(12, List.of(ObjectId.map(5))))),
                new Occurrence[0]));
    }

    /** A container network of so many endpoints, each with a program of its own make. */
    private static SnapshotBuilder pods(int first, int count, int generation) {
        SnapshotBuilder host = host().map(40, MapType.HASH, "policy", 4, 8, 64);
        for (int i = first; i < first + count; i++) {
            int ifindex = 20 + i;
            int program = 1000 * generation + i;
            Place.Tcx place = new Place.Tcx(new Device(NETNS, ifindex, "lxc" + i), Direction.INGRESS);
            host.device(new NetInterface(
                            NETNS,
                            ifindex,
                            "lxc" + i,
                            true,
                            1500,
                            Optional.of("veth"),
                            OptionalInt.empty(),
                            OptionalInt.of(2),
                            OptionalInt.empty(),
                            NetInterface.NOT_ASKED))
                    .program(program(program, ProgType.SCHED_CLS, "from_container", "for " + i + "." + generation, 40))
                    .link(
                            500 + i,
                            LinkType.TCX,
                            program,
                            new AttachTarget.Netdev(OptionalLong.of(NETNS), ifindex),
                            AttachType.TCX_INGRESS)
                    .attachByLink(place, program, 500 + i)
                    .pin(ObjectId.link(500 + i), "/sys/fs/bpf/cilium/lxc" + i)
                    .infer(ObjectId.prog(program), CNI, ObjectId.Kind.MAP, "holds its map policy #40");
        }
        return host;
    }

    @Test
    void pods_that_come_and_go_and_endpoints_made_anew_by_the_same_agent() {
        Snapshot before = pods(0, 8, 1).build();
        Snapshot now = pods(2, 8, 2).build();
        List<Occurrence> past = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            past.add(happened(Kind.DETACHED, before, i, state(before, i), Optional.empty()));
        }
        for (int i = 0; i < 6; i++) {
            past.add(happened(Kind.REPLACED, now, i, state(before, i + 2), state(now, i)));
        }
        for (int i = 6; i < 8; i++) {
            past.add(happened(Kind.ATTACHED, now, i, Optional.empty(), state(now, i)));
        }
        calm(new Scene(now, past, Optional.of(NOW.minusSeconds(3600)), HOLD_DOWN));
    }

    @Test
    void endpoints_whose_filters_are_made_anew_by_the_same_agent() {
        SnapshotBuilder was = host().program(program(20, ProgType.SCHED_CLS, "from_container", "a"))
                .attachFilter(tc(0), Fixture.filter(0, 1, 1, 20))
                .infer(ObjectId.prog(20), CNI, ObjectId.Kind.MAP, "holds its map");
        SnapshotBuilder is = host().program(program(21, ProgType.SCHED_CLS, "from_container", "b"))
                .attachFilter(tc(0), Fixture.filter(0, 1, 1, 21))
                .infer(ObjectId.prog(21), CNI, ObjectId.Kind.MAP, "holds its map");
        Occurrence renewed = happened(Kind.REPLACED, is.build(), 0, state(was.build(), 0), state(is.build(), 0));

        calm(scene(is, renewed));
    }

    @Test
    void what_is_bpfbays_own_is_never_counted() {
        SnapshotBuilder host = host();
        for (int i = 0; i < 2; i++) {
            Program own = program(20 + i, ProgType.SCHED_CLS, "bpfbay_watch", "v" + i);
            tcxLink(host.program(own), 0, own.id(), 70 + i).own(own.object()).own(ObjectId.link(70 + i));
        }
        assertEquals(Diagnosis.NOTHING, new Diagnostician().judge(scene(host, new Occurrence[0])));
    }

    @Test
    void the_made_up_edge_host_has_the_trouble_that_was_put_into_it_and_no_other() {
        Diagnosis diagnosis = new Diagnostician()
                .judge(new Scene(Snapshots.edge(), List.of(), Optional.of(NOW.minusSeconds(3600)), HOLD_DOWN));

        Set<Code> bad = diagnosis.findings().stream()
                .filter(finding -> finding.severity().isBad())
                .map(Finding::code)
                .collect(Collectors.toSet());
        assertEquals(Set.of(Code.SUPERSEDED_ATTACHMENT, Code.MAP_SPLIT), bad);
    }
}

package bpfbay.diagnose;

import static bpfbay.diagnose.Fixture.host;
import static bpfbay.diagnose.Fixture.judge;
import static bpfbay.diagnose.Fixture.only;
import static bpfbay.diagnose.Fixture.program;
import static bpfbay.diagnose.Fixture.scene;
import static bpfbay.diagnose.Fixture.tcxLink;
import static bpfbay.diagnose.Fixture.withoutBtf;
import static bpfbay.diagnose.Fixture.xdpLink;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.testing.SnapshotBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class VersionSkewTest {
    private final Rule rule = new VersionSkew();

    private static SnapshotBuilder loaded(String... builds) {
        SnapshotBuilder host = host();
        for (int i = 0; i < builds.length; i++) {
            xdpLink(host.program(program(10 + i, ProgType.XDP, "xdp_fw", builds[i])), i, 10 + i, 80 + i);
        }
        return host;
    }

    /** A program with the tag of another build, which maps or constants alone tell from it. */
    private static Program taggedAlike(int id, String fingerprint, Integer... maps) {
        Program p = program(id, ProgType.XDP, "xdp_fw", "v1", maps);
        Program bare = withoutBtf(p, fingerprint);
        return new Program(
                bare.id(),
                bare.type(),
                bare.name(),
                bare.tag(),
                bare.loadedAt(),
                bare.uid(),
                bare.license(),
                bare.bytesXlated(),
                bare.bytesJited(),
                bare.bytesMemlock(),
                bare.verifiedInsns(),
                bare.mapIds(),
                bare.btfId(),
                bare.expectedAttachType(),
                bare.fingerprint(),
                p.functions());
    }

    @Test
    void one_finding_names_the_odd_interface() {
        Finding finding = only(rule, scene(loaded("v2", "v1", "v2", "v2")));

        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(List.of("eth1/xdp"), finding.refs());
        assertEquals(
                "another build of xdp_fw on eth1/xdp: xdp_fw #11 (00000000, loaded 08:00:11Z), while 3 of 4 interfaces"
                        + " run #13 (00000000, loaded 08:00:13Z)",
                finding.title());
        assertEquals("bpfbay swap eth1/xdp --to prog:13 --dry-run", finding.suggest());
    }

    @Test
    void of_two_interfaces_the_older_load_is_the_odd_one() {
        assertEquals(List.of("eth0/xdp"), only(rule, scene(loaded("v1", "v2"))).refs());
    }

    @Test
    void loads_of_one_build_are_no_skew() {
        quiet(loaded("v1", "v1", "v1", "v1"));
    }

    @Test
    void one_program_shared_by_all_is_no_skew() {
        SnapshotBuilder host = host().program(program(10, ProgType.XDP, "xdp_fw", "v1"));
        for (int i = 0; i < 4; i++) {
            xdpLink(host, i, 10, 80 + i);
        }
        quiet(host);
    }

    @Test
    void builds_made_for_one_interface_each_are_no_versions() {
        quiet(loaded("for 0", "for 1", "for 2", "for 3"));
    }

    @Test
    void programs_of_two_makers_and_one_name_are_no_skew() {
        quiet(xdpLink(
                xdpLink(
                        host().program(withoutBtf(program(10, ProgType.XDP, "xdp_pass", "a"), "fp-a"))
                                .program(withoutBtf(program(11, ProgType.XDP, "xdp_pass", "b"), "fp-b")),
                        0,
                        10,
                        80),
                1,
                11,
                81));
    }

    @Test
    void hooks_that_are_not_alike_are_not_compared() {
        quiet(host().program(program(10, ProgType.SCHED_CLS, "count", "a"))
                .program(program(11, ProgType.SCHED_CLS, "count", "b"))
                .attachFilter(Fixture.tc(0), Fixture.filter(0, 1, 1, 10))
                .attach(Fixture.tcx(1), bpfbay.model.Via.PROG, 11));
    }

    @Test
    void the_tag_may_be_the_same_where_the_maps_make_another_build() {
        SnapshotBuilder host = host().map(1, MapType.HASH, "cnt", 4, 8, 1024)
                .map(2, MapType.HASH, "cnt", 4, 8, 2048)
                .program(taggedAlike(10, "fp-1", 1))
                .program(taggedAlike(11, "fp-2", 2));

        assertEquals(
                1,
                judge(rule, scene(xdpLink(xdpLink(host, 0, 10, 80), 1, 11, 81)))
                        .findings()
                        .size());
    }

    @Test
    void constants_that_differ_on_two_interfaces_are_their_configuration() {
        quiet(xdpLink(
                xdpLink(host().program(taggedAlike(10, "fp-1")).program(taggedAlike(11, "fp-2")), 0, 10, 80),
                1,
                11,
                81));
    }

    @Test
    void variables_that_have_run_on_make_no_other_build() {
        SnapshotBuilder host = host().map(1, MapType.ARRAY, "fw.data", 4, 8, 1)
                .map(2, MapType.ARRAY, "fw.data", 4, 8, 1)
                .map(3, MapType.ARRAY, "fw.data", 4, 8, 1)
                .program(taggedAlike(10, "fp-1", 1))
                .program(taggedAlike(11, "fp-2", 2))
                .program(taggedAlike(12, "fp-2", 3));
        quiet(xdpLink(xdpLink(xdpLink(host, 0, 10, 80), 1, 11, 81), 2, 12, 82));
    }

    @Test
    void two_endpoints_of_a_container_network_have_builds_of_their_own() {
        SnapshotBuilder host = host().map(1, MapType.HASH, "policy", 4, 8, 1024)
                .program(program(20, ProgType.SCHED_CLS, "from_container", "for a", 1))
                .program(program(21, ProgType.SCHED_CLS, "from_container", "for b", 1));
        for (int i = 0; i < 2; i++) {
            host.device(new NetInterface(
                    Fixture.NETNS,
                    2 + i,
                    "lxc" + i,
                    true,
                    1500,
                    Optional.of("veth"),
                    OptionalInt.empty(),
                    OptionalInt.of(9),
                    OptionalInt.empty(),
                    NetInterface.NOT_ASKED));
        }
        quiet(tcxLink(tcxLink(host, 0, 20, 80), 1, 21, 81));
    }

    @Test
    void a_build_that_is_not_known_is_said() {
        SnapshotBuilder host = loaded("v1", "v1");
        Program p = program(12, ProgType.XDP, "xdp_fw", "v2");
        xdpLink(
                host.program(new Program(
                        p.id(),
                        p.type(),
                        p.name(),
                        p.tag(),
                        p.loadedAt(),
                        p.uid(),
                        p.license(),
                        p.bytesXlated(),
                        p.bytesJited(),
                        p.bytesMemlock(),
                        p.verifiedInsns(),
                        p.mapIds(),
                        p.btfId(),
                        p.expectedAttachType(),
                        new Reading.Denied<>("CAP_BPF"),
                        p.functions())),
                2,
                12,
                90);

        Diagnosis diagnosis = judge(rule, scene(host));

        assertEquals(List.of(), diagnosis.findings());
        assertEquals(
                "the build of xdp_fw #12 is not known: needs CAP_BPF",
                diagnosis.notEvaluated().get(0).why());
    }

    private void quiet(SnapshotBuilder host) {
        assertEquals(Diagnosis.NOTHING, judge(rule, scene(host)));
    }
}

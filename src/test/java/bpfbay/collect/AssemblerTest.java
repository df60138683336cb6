package bpfbay.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.CgroupChain;
import bpfbay.model.CgroupView;
import bpfbay.model.DeviceChain;
import bpfbay.model.LinkType;
import bpfbay.model.Place;
import bpfbay.model.Reading;
import bpfbay.model.TcParent;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AssemblerTest {
    private final Seen seen = new Seen();

    private List<Attachment> assemble() {
        return Assembler.assemble(seen.observation());
    }

    private static String brief(Attachment a) {
        return a.place().hook() + " " + a.position() + " " + a.via().label() + " prog "
                + (a.progId().isPresent() ? a.progId().getAsInt() : "none")
                + (a.linkId().isPresent() ? " link " + a.linkId().getAsInt() : "");
    }

    private List<String> briefs() {
        return assemble().stream().map(AssemblerTest::brief).toList();
    }

    @Test
    void hooks_of_an_interface_stand_in_the_order_in_which_a_packet_meets_them() {
        seen.net(Seen.OWN)
                .device(2, "eth0")
                .filter(2, TcParent.EGRESS, 1, 1, 15)
                .filter(2, TcParent.INGRESS, 1, 2, 14)
                .filter(2, TcParent.INGRESS, 1, 1, 13)
                .chain(2, AttachType.TCX_EGRESS, 1, new DeviceChain.Entry(16, OptionalInt.empty()))
                .chain(2, AttachType.TCX_INGRESS, 3, new DeviceChain.Entry(12, OptionalInt.of(7)))
                .xdp(2, XdpMode.NATIVE, 11);

        assertEquals(
                List.of(
                        "xdp 1 netlink prog 11",
                        "tcx 1 link prog 12 link 7",
                        "tc 1 filter prog 14",
                        "tc 2 filter prog 13",
                        "tcx 1 prog prog 16",
                        "tc 1 filter prog 15"),
                briefs());
    }

    @Test
    void an_xdp_program_is_held_by_the_link_on_its_ifindex() {
        seen.net(Seen.OWN)
                .device(2, "eth0")
                .xdp(2, XdpMode.NATIVE, 11)
                .device(3, "eth1")
                .xdp(3, XdpMode.GENERIC, 11);
        seen.xdpLink(5, 11, OptionalLong.empty(), 3);

        assertEquals(List.of("xdp 1 netlink prog 11", "xdp 1 link prog 11 link 5"), briefs());
    }

    @Test
    void a_link_of_another_namespace_is_never_taken_for_the_same_ifindex_here() {
        seen.namespaces.add(Seen.BLUE);
        seen.net(Seen.OWN).device(2, "eth0").xdp(2, XdpMode.NATIVE, 11);
        seen.net(Seen.BLUE).device(2, "eth0").xdp(2, XdpMode.NATIVE, 11);
        seen.xdpLink(5, 11, OptionalLong.of(Seen.BLUE.inode()), 2);

        assertEquals(List.of("xdp 1 netlink prog 11", "xdp 1 link prog 11 link 5"), briefs());
    }

    @Test
    void a_cgroup_link_holds_the_entry_of_its_cgroup_type_and_program() {
        seen.cgroups = new CgroupView(
                List.of(new CgroupChain(
                        44,
                        "/a",
                        AttachType.CGROUP_INET_EGRESS,
                        2,
                        Reading.of(3L),
                        List.of(new CgroupChain.Entry(20, 2), new CgroupChain.Entry(21, 2)))),
                Map.of(44L, "/a"),
                List.of());
        seen.link(9, LinkType.CGROUP, 21, Optional.of(AttachType.CGROUP_INET_EGRESS), new AttachTarget.Cgroup(44));

        assertEquals(List.of("cgroup 1 prog prog 20", "cgroup 2 link prog 21 link 9"), briefs());
    }

    @Test
    void a_dispatchers_slots_follow_it_in_their_order() {
        seen.net(Seen.OWN).device(2, "eth0").xdp(2, XdpMode.NATIVE, 30);
        seen.link(8, LinkType.TRACING, 32, Optional.empty(), new AttachTarget.Prog(30, 9, Optional.of("prog1")));
        seen.link(7, LinkType.TRACING, 31, Optional.empty(), new AttachTarget.Prog(30, 7, Optional.of("prog0")));

        List<Attachment> made = assemble();

        assertEquals(
                List.of("xdp 1 netlink prog 30", "freplace 1 link prog 31 link 7", "freplace 1 link prog 32 link 8"),
                made.stream().map(AssemblerTest::brief).toList());
        assertEquals("eth0/xdp/slot:1", made.get(2).ref());
        assertTrue(made.get(2).place() instanceof Place.Freplace f && f.device().isPresent());
    }

    @Test
    void a_link_whose_device_cannot_be_reached_is_still_listed() {
        seen.xdpLink(5, 11, OptionalLong.of(777), 2);

        Attachment only = assemble().get(0);

        assertEquals(Via.LINK, only.via());
        assertEquals("xdp", only.place().hook());
        assertTrue(only.place() instanceof Place.Other);
    }

    @Test
    void a_detached_link_is_no_attachment() {
        seen.xdpLink(5, 11, OptionalLong.empty(), 0);

        assertEquals(List.of(), assemble());
    }
}

package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.NetInterface;
import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NetlinkLinksTest {
    private static final int RTM_NEWLINK = 16;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_LINK_NETNSID = 37;
    private static final int IFLA_XDP = 43;

    private final NetlinkLinks captured = NetlinkLinks.decode(Captured.messages("links-6.18"), 42);

    @Test
    void a_dump_of_the_kernel_is_read_whole() {
        assertEquals(0, captured.damaged());
        assertEquals(
                List.of("lo", "v1", "v0", "v3", "v2", "br0", "mv0"),
                captured.interfaces().stream().map(NetInterface::name).toList());
    }

    @Test
    void a_veth_has_a_peer_and_a_macvlan_a_lower_device() {
        NetInterface v1 = captured.interfaces().get(1);
        NetInterface mv0 = captured.interfaces().get(6);
        assertEquals(Optional.of("veth"), v1.kind());
        assertEquals(OptionalInt.of(3), v1.peer());
        assertEquals(OptionalInt.empty(), v1.lower());
        assertEquals(OptionalInt.of(2), mv0.lower());
        assertEquals(OptionalInt.empty(), mv0.peer());
    }

    @Test
    void a_device_knows_its_bridge_its_mtu_and_whether_it_is_up() {
        NetInterface v3 = captured.interfaces().get(3);
        assertEquals(OptionalInt.of(captured.interfaces().get(5).ifindex()), v3.master());
        assertEquals(1500, v3.mtu());
        assertTrue(v3.isUp());
        assertEquals(42, v3.netns());
        assertEquals(65536, captured.interfaces().get(0).mtu());
        assertEquals(Optional.empty(), captured.interfaces().get(0).kind());
    }

    @Test
    void native_and_generic_programs_are_told_apart() {
        assertEquals(
                List.of(new XdpState(3, XdpMode.GENERIC, 241), new XdpState(5, XdpMode.NATIVE, 246)), captured.xdp());
    }

    @Test
    void a_program_on_the_devices_own_processor_is_offloaded() {
        NetlinkMessages messages =
                xdp(new NetlinkBuilder(), 3).u32(4, 7).u32(7, 7).end().messages();
        assertEquals(
                List.of(new XdpState(9, XdpMode.OFFLOADED, 7)),
                NetlinkLinks.decode(messages, 1).xdp());
    }

    @Test
    void several_modes_at_once_are_several_states() {
        NetlinkMessages messages =
                xdp(new NetlinkBuilder(), 4).u32(5, 7).u32(7, 8).end().messages();
        assertEquals(
                List.of(new XdpState(9, XdpMode.NATIVE, 7), new XdpState(9, XdpMode.OFFLOADED, 8)),
                NetlinkLinks.decode(messages, 1).xdp());
    }

    @Test
    void an_old_kernel_that_gives_only_one_id_is_understood() {
        NetlinkMessages messages = xdp(new NetlinkBuilder(), 2).u32(4, 7).end().messages();
        assertEquals(
                List.of(new XdpState(9, XdpMode.GENERIC, 7)),
                NetlinkLinks.decode(messages, 1).xdp());
    }

    @Test
    void a_device_without_a_program_has_no_state() {
        NetlinkMessages messages = xdp(new NetlinkBuilder(), 0).end().messages();
        assertEquals(List.of(), NetlinkLinks.decode(messages, 1).xdp());
    }

    @Test
    void the_other_end_may_stand_in_another_namespace() {
        NetlinkMessages messages = device(new NetlinkBuilder())
                .u32(IFLA_LINK, 5)
                .u32(IFLA_LINK_NETNSID, 0)
                .messages();
        NetInterface device = NetlinkLinks.decode(messages, 1).interfaces().get(0);
        assertEquals(OptionalInt.of(5), device.peer());
        assertEquals(OptionalInt.empty(), device.lower());
    }

    @Test
    void only_the_primary_end_of_a_netkit_pair_is_asked_for_programs() {
        NetlinkMessages messages = new NetlinkBuilder()
                .message(RTM_NEWLINK, 0, 4, 1, 0)
                .begin(IFLA_LINKINFO)
                .text(1, "netkit")
                .begin(2)
                .u8(2, 1)
                .end()
                .end()
                .message(RTM_NEWLINK, 0, 5, 1, 0)
                .begin(IFLA_LINKINFO)
                .text(1, "netkit")
                .begin(2)
                .u8(2, 0)
                .end()
                .end()
                .messages();
        assertEquals(List.of(4), NetlinkLinks.decode(messages, 1).netkits());
    }

    @Test
    void a_name_keeps_its_bytes() {
        NetlinkMessages messages = new NetlinkBuilder()
                .message(RTM_NEWLINK, 0, 9, 1, 0)
                .text(IFLA_IFNAME, "\u001b[31m\u00ff")
                .messages();
        assertEquals(
                "\u001b[31m\udcff",
                NetlinkLinks.decode(messages, 1).interfaces().get(0).name());
    }

    @Test
    void a_message_cut_in_two_costs_only_itself() {
        byte[] whole = Captured.bytes("links-6.18");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 100);
        NetlinkLinks links = NetlinkLinks.decode(NetlinkBuilder.messages(cut), 1);
        assertEquals(6, links.interfaces().size());
        assertEquals(1, links.damaged());
    }

    @Test
    void a_value_that_is_too_short_is_damage_and_not_a_number() {
        NetlinkMessages messages = new NetlinkBuilder()
                .message(RTM_NEWLINK, 0, 9, 1, 0)
                .u8(4, 1)
                .text(IFLA_IFNAME, "eth0")
                .messages();
        NetlinkLinks links = NetlinkLinks.decode(messages, 1);
        assertEquals("eth0", links.interfaces().get(0).name());
        assertEquals(0, links.interfaces().get(0).mtu());
        assertEquals(1, links.damaged());
    }

    private static NetlinkBuilder device(NetlinkBuilder builder) {
        return builder.message(RTM_NEWLINK, 0, 9, 1, 0).text(IFLA_IFNAME, "eth0");
    }

    private static NetlinkBuilder xdp(NetlinkBuilder builder, int attached) {
        return device(builder).begin(IFLA_XDP).u8(2, attached);
    }
}

package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Problem;
import bpfbay.model.Reading;
import bpfbay.model.XdpMode;
import bpfbay.model.XdpState;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Devices and XDP as ip(8) sees them. */
@InNetns
class XdpKernelTest {
    private static final int XDP_PASS = 2;

    @Test
    void devices_are_those_of_ip_with_their_mtu_and_master() {
        Ground.veth("v0", "v1");
        Tool.run("ip", "link", "add", "br0", "type", "bridge");
        Tool.run("ip", "link", "set", "v1", "master", "br0", "mtu", "1400");
        List<String> seen = Ground.look().interfaces().stream()
                .map(d -> d.ifindex() + " " + d.name() + " " + d.mtu() + " " + d.isUp() + " "
                        + d.kind().orElse("") + " " + d.master().isPresent())
                .toList();
        List<String> expected = new ArrayList<>();
        for (JsonElement element : Tool.json("ip", "-j", "-d", "link").getAsJsonArray()) {
            JsonObject link = element.getAsJsonObject();
            JsonObject info = link.has("linkinfo") ? link.getAsJsonObject("linkinfo") : new JsonObject();
            String kind = info.has("info_kind") ? info.get("info_kind").getAsString() : "";
            boolean isUp = link.getAsJsonArray("flags").toString().contains("\"UP\"");
            expected.add(
                    link.get("ifindex").getAsInt() + " " + link.get("ifname").getAsString() + " "
                            + link.get("mtu").getAsInt() + " " + isUp + " " + kind + " " + link.has("master"));
        }
        assertEquals(expected, seen);
    }

    @Test
    void programs_by_netlink_are_those_of_ip_native_and_generic() {
        Ground.veth("v0", "v1");
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "native", XDP_PASS);
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "generic", XDP_PASS);
        Tool.run("ip", "link", "set", "v0", "xdpdrv", "pinned", Ground.path("native"));
        Tool.run("ip", "link", "set", "v1", "xdpgeneric", "pinned", Ground.path("generic"));
        List<XdpState> expected = new ArrayList<>();
        for (JsonElement element : Tool.json("ip", "-j", "-d", "link").getAsJsonArray()) {
            JsonObject xdp = element.getAsJsonObject().getAsJsonObject("xdp");
            if (xdp != null) {
                expected.add(new XdpState(
                        element.getAsJsonObject().get("ifindex").getAsInt(),
                        xdp.get("mode").getAsInt() == 1 ? XdpMode.NATIVE : XdpMode.GENERIC,
                        xdp.getAsJsonObject("prog").get("id").getAsInt()));
            }
        }
        expected.sort((a, b) -> Integer.compare(a.ifindex(), b.ifindex()));
        assertEquals(2, expected.size());
        assertEquals(expected, Ground.look().xdp());
    }

    @Test
    void beside_a_generic_program_each_driver_says_whether_it_runs_them_itself() {
        Ground.veth("v0", "v1");
        Tool.run("ip", "link", "add", "d0", "type", "bridge");
        assertEquals(NetInterface.NOT_ASKED, nativeXdp("d0"));
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "generic", XDP_PASS);
        Tool.run("ip", "link", "set", "d0", "xdpgeneric", "pinned", Ground.path("generic"));

        assertEquals(Reading.of(true), nativeXdp("v0"));
        assertEquals(Reading.of(false), nativeXdp("d0"));
    }

    private static Reading<Boolean> nativeXdp(String name) {
        return Ground.look().interfaces().stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow()
                .nativeXdp();
    }

    @Test
    void a_program_by_link_is_seen_while_the_link_lives() {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "linked", XDP_PASS);
        int link = RawBpf.createLink(prog, 1, RawBpf.BPF_XDP);
        List<XdpState> attached = Ground.look().xdp();
        int id = RawBpf.id(prog);
        RawBpf.closeAll(link, prog);
        assertEquals(List.of(new XdpState(1, XdpMode.GENERIC, id)), attached);
        assertEquals(List.of(), Ground.look().xdp());
    }

    @Test
    void a_hostile_name_keeps_its_bytes() {
        Tool.run("bash", "-c", "ip link add $'a\\e[31m\\xff\\xe2\\x80\\xae' type veth peer name v1");
        assertEquals(
                List.of("a\u001b[31m\udcff\u202e"),
                Ground.look().interfaces().stream()
                        .map(NetInterface::name)
                        .filter(name -> name.startsWith("a"))
                        .toList());
    }

    @Test
    void another_namespace_is_seen_from_here_and_is_left_again() throws IOException {
        Ground.veth("v0", "v1");
        NetworkView here = Ground.look();
        Process other = new ProcessBuilder(
                        "unshare", "-n", "bash", "-c", "ip link add inside type veth && echo ready && read")
                .start();
        assertEquals('r', other.getInputStream().read());
        NetNamespace there = Ground.namespace("/proc/" + other.pid() + "/ns/net", NetNamespace.Scope.OTHER);
        NetworkView view = new NetworkSource().network(there, Ground.ALL_TYPES);
        assertTrue(view.interfaces().stream().anyMatch(device -> device.name().equals("inside")));
        assertEquals(there.inode(), view.netns());
        assertEquals(here, Ground.look());
        other.getOutputStream().close();
        other.onExit().join();
        assertThrows(KernelException.Gone.class, () -> new NetworkSource().network(there, Ground.ALL_TYPES));
    }

    @Test
    void a_path_that_names_another_namespace_by_now_is_not_entered() {
        NetNamespace own = Ground.own();
        NetNamespace wrong =
                new NetNamespace(own.inode() + 1, OptionalLong.empty(), List.of(), own.path(), own.scope());
        KernelException.Gone gone =
                assertThrows(KernelException.Gone.class, () -> new NetworkSource().network(wrong, Ground.ALL_TYPES));
        assertEquals(
                new Problem("setns", "netns:" + wrong.inode(), Errno.ESTALE, "the namespace is gone"), gone.problem());
    }

    @Test
    void an_unchanged_namespace_is_the_same_view_and_a_changed_one_shares_the_rest() {
        Ground.veth("v0", "v1");
        NetworkSource source = new NetworkSource();
        NetworkView first = source.network(Ground.own(), Ground.ALL_TYPES);
        assertSame(first, source.network(Ground.own(), Ground.ALL_TYPES));
        Tool.run("tc", "qdisc", "add", "dev", "v0", "clsact");
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "cls", 0);
        Tool.run("tc", "filter", "add", "dev", "v0", "ingress", "bpf", "da", "pinned", Ground.path("cls"));
        NetworkView second = source.network(Ground.own(), Ground.ALL_TYPES);
        assertNotSame(first, second);
        assertEquals(1, second.filters().size());
        Tool.run("tc", "qdisc", "del", "dev", "v0", "clsact");
        NetworkView third = source.network(Ground.own(), Ground.ALL_TYPES);
        assertEquals(first, third);
    }

    @Test
    void equal_dumps_are_equal_bytes_whatever_port_the_socket_got() {
        NetlinkRequests requests = new NetlinkRequests();
        requests.links();
        requests.qdiscs();
        NetlinkDump first = new NetlinkSource().dump(Ground.own(), requests);
        try (ChangeSource takesThePort = new ChangeSource()) {
            takesThePort.await(Duration.ZERO);
            assertEquals(
                    first.bytes(),
                    new NetlinkSource().dump(Ground.own(), requests).bytes());
        }
    }

    @Test
    void devices_that_come_and_go_while_they_are_read_do_no_harm() throws IOException {
        Process churn = new ProcessBuilder(
                        "bash",
                        "-c",
                        "while read -t 0; test $? -ne 0; do ip link add c0 type veth peer name c1;"
                                + " tc qdisc add dev c0 clsact; ip link del c0; done")
                .start();
        NetworkSource source = new NetworkSource();
        for (int i = 0; i < 500; i++) {
            assertTrue(source.network(Ground.own(), Ground.ALL_TYPES).interfaces().stream()
                    .anyMatch(device -> device.name().equals("lo")));
        }
        churn.getOutputStream().close();
        churn.onExit().join();
    }
}

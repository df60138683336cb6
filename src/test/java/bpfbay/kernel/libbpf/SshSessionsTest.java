package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.SshSessions.Hop;
import bpfbay.kernel.SshSessions.Sign;
import bpfbay.kernel.SshSessions.SshSession;
import bpfbay.kernel.SshSessions.Survey;
import bpfbay.model.NetNamespace;
import bpfbay.model.Reading;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real connections from a namespace at the other end of a veth pair: v0 is ours, v1 is there. */
@InNetns
class SshSessionsTest {
    private FarSide far;
    private Optional<ServerSocketChannel> server = Optional.empty();

    /** What the JVM opens once for all sockets is open before descriptors are counted. */
    @BeforeAll
    static void openSomeSocket() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(FarSide.endpoint("127.0.0.1", 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            assertTrue(client.isConnected());
        }
    }

    @BeforeEach
    void join() {
        far = new FarSide();
        Tool.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        far.take("v1");
    }

    @AfterEach
    void leave() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
        far.close();
    }

    @Test
    void a_connection_comes_in_through_the_device_that_has_its_address() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        SshSession session = only(through("v0"));
        assertEquals("10.9.0.1:22", session.local().label());
        assertEquals("10.9.0.2", session.remote().address().getHostAddress());
        assertEquals(Sign.Kind.PORT, session.sign().kind());
        assertEquals("has the local address", hop(session, "v0").why());
    }

    @Test
    void none_is_said_with_certainty_of_another_device() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        Ground.veth("w0", "w1");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        assertEquals(Reading.of(List.of()), through("w0"));
        assertEquals(Reading.of(List.of()), through("lo"));
    }

    @Test
    void a_connection_to_another_port_is_none() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET, 2222);
        far.connect("10.9.0.1", 2222);
        assertEquals(Reading.of(List.of()), through("v0"));
    }

    @Test
    void an_ipv4_connection_of_an_ipv6_socket_is_found() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET6);
        far.connect("10.9.0.1", 22);
        assertEquals("10.9.0.1:22", only(through("v0")).local().label());
    }

    @Test
    void an_ipv6_connection_is_found() throws IOException {
        plain("2001:db8::1/64", "2001:db8::2/64");
        serve(StandardProtocolFamily.INET6);
        far.connect("2001:db8::1", 22);
        assertEquals("[2001:db8::1]:22", only(through("v0")).local().label());
    }

    @Tag("host")
    @Test
    void a_link_local_connection_is_found() throws IOException {
        plain("fe80::9:1/64", "fe80::9:2/64");
        serve(StandardProtocolFamily.INET6);
        far.connect("fe80::9:1%" + far.ifindex("v1"), 22);
        assertEquals("[fe80::9:1]:22", only(through("v0")).local().label());
    }

    @Tag("host")
    @Test
    void a_bridge_is_followed_to_its_ports() throws IOException {
        Ground.veth("w0", "w1");
        Tool.run("ip", "link", "add", "br0", "type", "bridge");
        Tool.run("ip", "link", "set", "v0", "up", "master", "br0");
        Ground.address("br0", "10.9.0.1/24");
        far.address("v1", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        assertEquals("is a part of br0", hop(only(through("v0")), "v0").why());
        assertEquals(Reading.of(List.of()), through("w0"));
    }

    @Tag("host")
    @Test
    void a_macvlan_is_followed_to_what_carries_it() throws IOException {
        Tool.run("ip", "link", "set", "v0", "up");
        Tool.run("ip", "link", "add", "link", "v0", "name", "mv0", "type", "macvlan");
        Ground.address("mv0", "10.9.0.1/24");
        far.address("v1", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        assertEquals("carries mv0", hop(only(through("v0")), "v0").why());
    }

    @Tag("host")
    @Test
    @InNetns(needs = Feature.VLAN_AND_BOND)
    void a_vlan_over_a_bond_is_followed_to_its_parts() throws IOException {
        Tool.run("ip", "link", "add", "bond9", "type", "bond", "mode", "active-backup");
        Tool.run("ip", "link", "set", "v0", "master", "bond9");
        Tool.run("ip", "link", "set", "bond9", "up");
        Tool.run("ip", "link", "add", "link", "bond9", "name", "bond9.5", "type", "vlan", "id", "5");
        Ground.address("bond9.5", "10.9.0.1/24");
        far.run("ip", "link", "set", "v1", "up");
        far.run("ip", "link", "add", "link", "v1", "name", "v1.5", "type", "vlan", "id", "5");
        far.address("v1.5", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        SshSession session = only(through("v0"));
        assertEquals("has the local address", hop(session, "bond9.5").why());
        assertEquals("carries bond9.5", hop(session, "bond9").why());
        assertEquals("is a part of bond9", hop(session, "v0").why());
    }

    @Tag("host")
    @Test
    void an_address_on_another_device_is_found_by_the_route() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        Tool.run("ip", "addr", "add", "10.8.0.1/32", "dev", "lo");
        far.run("ip", "route", "add", "10.8.0.1", "via", "10.9.0.1");
        serve(StandardProtocolFamily.INET);
        far.connect("10.8.0.1", 22);
        assertEquals("is the way to 10.9.0.2", hop(only(through("v0")), "v0").why());
        assertEquals("has the local address", hop(only(through("lo")), "lo").why());
    }

    @Tag("host")
    @Test
    void a_connection_to_oneself_goes_through_no_device_but_lo() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        try (SocketChannel client = SocketChannel.open(FarSide.endpoint("10.9.0.1", 22))) {
            assertTrue(client.isConnected());
            assertEquals(Reading.of(List.of()), through("v0"));
            assertEquals(2, through("lo").found().orElseThrow().size());
        }
    }

    @Tag("host")
    @Test
    void a_server_in_the_peers_namespace_is_seen_from_our_end_of_the_pair() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        far.listen("10.9.0.2", 22);
        try (SocketChannel client = SocketChannel.open(FarSide.endpoint("10.9.0.2", 22))) {
            assertTrue(client.isConnected());
            Reading<List<SshSession>> sessions = through("v0", far.namespace());
            SshSession inside = of(far.namespace(), sessions);
            assertEquals("is the other end of v1", hop(inside, "v0").why());
        }
    }

    @Tag("host")
    @Test
    void a_connection_that_another_namespace_forwards_is_followed_through_it() throws IOException {
        try (FarSide farther = new FarSide()) {
            plain("10.9.0.1/24", "10.9.0.2/24");
            behind(farther);
            far.address("w0", "10.7.0.1/24");
            far.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
            farther.run("ip", "route", "add", "default", "via", "10.7.0.1");
            Tool.run("ip", "route", "add", "default", "via", "10.9.0.2");
            serve(StandardProtocolFamily.INET);
            farther.connect("10.9.0.1", 22);
            SshSession session = of(Ground.own(), through("v0", far.namespace(), farther.namespace()));
            assertEquals("is the other end of v0", hop(session, "v1").why());
            assertEquals("is the way to 10.7.0.2", hop(session, "w0").why());
            assertEquals("is the other end of w0", hop(session, "w1").why());
        }
    }

    @Tag("host")
    @Test
    void a_connection_that_another_namespace_bridges_is_followed_through_it() throws IOException {
        try (FarSide farther = new FarSide()) {
            plain("10.9.0.1/24", "10.9.0.2/24");
            behind(farther);
            far.run("ip", "addr", "flush", "dev", "v1");
            far.run("ip", "link", "add", "br0", "type", "bridge");
            far.run("ip", "link", "set", "br0", "up");
            far.run("ip", "link", "set", "v1", "up", "master", "br0");
            far.run("ip", "link", "set", "w0", "up", "master", "br0");
            farther.run("ip", "addr", "add", "10.9.0.3/24", "dev", "w1");
            serve(StandardProtocolFamily.INET);
            farther.connect("10.9.0.1", 22);
            assertEquals(
                    List.of("v0", "v1", "w0", "w1"),
                    of(Ground.own(), through("v0", far.namespace(), farther.namespace())).hops().stream()
                            .map(Hop::name)
                            .toList());
        }
    }

    @Tag("host")
    @Test
    void a_connection_that_a_process_named_sshd_holds_is_ssh_at_any_port() throws Exception {
        plain("10.9.0.1/24", "10.9.0.2/24");
        try (NamedProcess sshd = new NamedProcess("sshd", "/bin/bash")) {
            far.listen("10.9.0.2", 4222);
            sshd.start("-c", "exec 3<>/dev/tcp/10.9.0.2/4222; echo ready; read");
            assertEquals(
                    new Sign(Sign.Kind.HOLDER, "held by sshd " + sshd.pid()),
                    only(through("v0")).sign());
        }
    }

    @Tag("host")
    @Test
    void a_connection_to_a_port_where_sshd_listens_is_ssh_whoever_holds_it() throws Exception {
        plain("10.9.0.1/24", "10.9.0.2/24");
        try (NamedProcess sshd = new NamedProcess("sshd", "/usr/bin/perl")) {
            sshd.start(
                    "-MIO::Socket::INET",
                    "-e",
                    """
                    $^F = 99; $| = 1;
                    $s = IO::Socket::INET->new(Listen => 1, LocalPort => 4222) or die;
                    print "ready\n";
                    $c = $s->accept;
                    if (!fork) { exec "sh", "-c", "echo accepted; cat" }
                    close $c;
                    <STDIN>;
                    """);
            far.connect("10.9.0.1", 4222);
            assertEquals("accepted", sshd.line());
            assertEquals(
                    new Sign(Sign.Kind.LISTENER, "at port 4222, where an SSH server listens"),
                    only(through("v0")).sign());
        }
    }

    @Tag("host")
    @Test
    void what_a_tunnel_is_carried_by_is_unknown_and_said_so() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        Tool.run(vxlan("10.9.0.2"));
        far.run(vxlan("10.9.0.1"));
        Ground.address("vx", "10.6.0.1/24");
        far.address("vx", "10.6.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.6.0.1", 22);
        assertEquals("has the local address", hop(only(through("vx")), "vx").why());
        assertTrue(through("v0").reason().contains("what carries vx (vxlan) cannot be told"), through("v0")::reason);
    }

    @Tag("host")
    @Test
    void what_may_not_be_looked_at_is_unknown_and_not_none() {
        assertEquals("0 sessions", survey());
        assertEquals("denied CAP_SYS_ADMIN", survey("setpriv", "--bounding-set=-sys_admin"));
    }

    @Tag("host")
    @Test
    void an_ssh_process_that_hides_its_sockets_makes_none_uncertain() throws Exception {
        try (NamedProcess sshd = new NamedProcess("sshd", "/bin/bash")) {
            sshd.start("-c", "echo ready; read");
            assertEquals("0 sessions", survey());
            assertEquals(
                    "denied CAP_SYS_PTRACE",
                    survey("setpriv", "--bounding-set=-sys_ptrace,-dac_override,-dac_read_search"));
        }
    }

    @Tag("host")
    @Test
    void a_connection_that_is_found_is_said_whatever_else_is_unknown() throws IOException {
        plain("10.9.0.1/24", "10.9.0.2/24");
        serve(StandardProtocolFamily.INET);
        far.connect("10.9.0.1", 22);
        assertEquals("1 sessions", survey("setpriv", "--bounding-set=-sys_admin"));
    }

    @Tag("host")
    @Test
    void a_process_in_another_pid_namespace_cannot_be_certain_of_none() {
        String said = survey("unshare", "--pid", "--fork", "--mount-proc");
        assertEquals("unknown SSH servers of other pid namespaces cannot be seen from this one", said);
    }

    private String survey(String... through) {
        List<String> command = new ArrayList<>(List.of(through));
        command.add(System.getProperty("java.home") + "/bin/java");
        for (String property : List.of("bpfbay.home", "jna.boot.library.path", "jna.nounpack", "jna.nosys")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SurveyProgram.class.getName()));
        command.addAll(List.of(far.namespace().path(), Integer.toString(Ground.ifindex("v0"))));
        return Tool.run(command.toArray(String[]::new)).strip();
    }

    @Tag("host")
    @Test
    void a_namespace_that_is_gone_is_no_gap() {
        plain("10.9.0.1/24", "10.9.0.2/24");
        NetNamespace gone =
                new NetNamespace(1, OptionalLong.empty(), List.of(), "/run/netns/gone", NetNamespace.Scope.OTHER);
        assertEquals(Reading.of(List.of()), through("v0", gone));
    }

    private void plain(String ours, String theirs) {
        Ground.address("v0", ours);
        far.address("v1", theirs);
    }

    /* w0 is in the far namespace, and w1, which has an address, in the one behind it */
    private void behind(FarSide farther) {
        Tool.run("ip", "link", "add", "w0", "type", "veth", "peer", "name", "w1");
        far.take("w0");
        farther.take("w1");
        farther.address("w1", "10.7.0.2/24");
    }

    private static String[] vxlan(String remote) {
        return ("ip link add vx type vxlan id 4 dstport 4789 remote " + remote).split(" ");
    }

    private void serve(ProtocolFamily family) throws IOException {
        serve(family, 22);
    }

    private void serve(ProtocolFamily family, int port) throws IOException {
        server = Optional.of(ServerSocketChannel.open(family).bind(new InetSocketAddress(port)));
    }

    private static Reading<List<SshSession>> through(String device, NetNamespace... others) {
        List<NetNamespace> all = new ArrayList<>(List.of(Ground.own()));
        all.addAll(List.of(others));
        Survey survey = LibbpfSshSessions.open().survey(all);
        return survey.through(Ground.own().inode(), Ground.ifindex(device));
    }

    private static SshSession only(Reading<List<SshSession>> sessions) {
        assertEquals(1, sessions.found().orElseThrow().size(), sessions::toString);
        return sessions.found().orElseThrow().get(0);
    }

    /* both ends are found where both are looked at */
    private static SshSession of(NetNamespace namespace, Reading<List<SshSession>> sessions) {
        return sessions.found().orElseThrow().stream()
                .filter(session -> session.netns() == namespace.inode())
                .findFirst()
                .orElseThrow();
    }

    private static Hop hop(SshSession session, String name) {
        return session.hops().stream()
                .filter(hop -> hop.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(session.hops().toString()));
    }
}

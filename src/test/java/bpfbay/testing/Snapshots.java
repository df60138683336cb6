package bpfbay.testing;

import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Holder;
import bpfbay.model.Host;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Made-up hosts, always the same. */
public final class Snapshots {
    public static final long OWN_NETNS = 4026531840L;
    public static final long BLUE_NETNS = 4026532177L;
    public static final long UNNAMED_NETNS = 4026532301L;

    /** A program name and a comm as an enemy would choose them: escape sequence, right-to-left override, no UTF-8. */
    public static final String HOSTILE = "a\u001b[2J\u202eb\udcff\u009b";

    private Snapshots() {}

    /** A host that nothing is attached to. */
    public static Snapshot bare() {
        return new SnapshotBuilder()
                .host(new Host("bare", "6.1.0-56", "1.1", "00000000-0000-4000-8000-000000000000"))
                .ownNamespace(OWN_NETNS)
                .device(OWN_NETNS, 1, "lo")
                .build();
    }

    /** An edge server with a firewall, a container network and traces of several agents. */
    public static Snapshot edge() {
        SnapshotBuilder host = new SnapshotBuilder();
        devices(host);
        programs(host);
        ingress(host);
        containers(host);
        dispatcher(host);
        cgroups(host);
        others(host);
        holders(host);
        return host.problem(
                        "RTM_GETTFILTER",
                        "netns:4026532301",
                        1,
                        "filters of this namespace are missing; needs CAP_SYS_ADMIN")
                .build();
    }

    private static void devices(SnapshotBuilder host) {
        host.ownNamespace(OWN_NETNS)
                .namespace(BLUE_NETNS, 7, "/run/netns/blue", "blue")
                .namespace(UNNAMED_NETNS, 9, "/proc/2210/ns/net", "12345")
                .device(OWN_NETNS, 1, "lo")
                .device(OWN_NETNS, 2, "eth0")
                .device(enslaved(3, "eth1", 5))
                .device(enslaved(4, "eth2", 5))
                .device(OWN_NETNS, 5, "bond0", "bond")
                .device(new NetInterface(
                        OWN_NETNS,
                        6,
                        "eth0.100",
                        true,
                        1500,
                        Optional.of("vlan"),
                        OptionalInt.of(2),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        NetInterface.NOT_ASKED))
                .device(veth(OWN_NETNS, 7, "lxc12a", 2))
                .device(veth(OWN_NETNS, 8, "lxc34b", 3))
                .device(OWN_NETNS, 9, "nk0", "netkit")
                .device(OWN_NETNS, 10, "e\u001b[31m\udcff", "dummy")
                .device(BLUE_NETNS, 1, "lo")
                .device(veth(BLUE_NETNS, 2, "eth0", 7))
                .device(UNNAMED_NETNS, 1, "lo");
    }

    private static NetInterface enslaved(int ifindex, String name, int master) {
        return new NetInterface(
                OWN_NETNS,
                ifindex,
                name,
                true,
                9000,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(master),
                NetInterface.NOT_ASKED);
    }

    private static NetInterface veth(long netns, int ifindex, String name, int peer) {
        return new NetInterface(
                netns,
                ifindex,
                name,
                true,
                1500,
                Optional.of("veth"),
                OptionalInt.empty(),
                OptionalInt.of(peer),
                OptionalInt.empty(),
                NetInterface.NOT_ASKED);
    }

    private static void programs(SnapshotBuilder host) {
        host.map(25, MapType.HASH, "cnt", 4, 8, 1024)
                .map(26, MapType.ARRAY, "xdp_fw.rodata", 4, 64, 1)
                .map(31, MapType.HASH, "cnt", 4, 8, 1024)
                .map(40, MapType.PERCPU_ARRAY, "cilium_metrics", 8, 16, 1024)
                .map(41, new MapType(99), HOSTILE, 4, 4, 0xffffffff)
                .program(977, ProgType.SCHED_CLS, "cil_from_netdev", 40)
                .program(1555, ProgType.SCHED_CLS, "cil_from_container", 40)
                .program(2647, ProgType.SCHED_CLS, "dd_classify")
                .program(2648, ProgType.SCHED_CLS, "dd_egress")
                .program(3815, ProgType.XDP, "xdp_fw", 25, 26)
                .program(4027, ProgType.XDP, "xdp_fw", 31, 26)
                .program(5001, ProgType.XDP, "xdp_dispatcher")
                .program(5002, ProgType.EXT, "xdp_filter")
                .program(5003, ProgType.EXT, "xdp_pass")
                .program(6001, ProgType.CGROUP_SKB, "sd_fw_egress")
                .program(6002, ProgType.CGROUP_SKB, "acct_egress")
                .program(6003, ProgType.CGROUP_DEVICE, "sd_devices")
                .program(7001, ProgType.SCHED_CLS, HOSTILE, 41)
                .program(7002, new ProgType(61), "from_the_future")
                .program(7003, ProgType.TRACING, "tcp_connect_exit")
                .program(7004, ProgType.SK_LOOKUP, "steer")
                .program(7005, ProgType.NETFILTER, "nf_drop")
                .program(7006, ProgType.FLOW_DISSECTOR, "dissect")
                .program(7007, ProgType.XDP, "xdp_count")
                .program(7008, ProgType.SCHED_CLS, "nk_policy")
                .program(0xfffffff0, ProgType.TRACING, "bpfbay_links");
    }

    private static void ingress(SnapshotBuilder host) {
        Device eth0 = new Device(OWN_NETNS, 2, "eth0");
        Place.Tcx tcx = new Place.Tcx(eth0, Direction.INGRESS);
        host.link(88, LinkType.XDP, 3815, new AttachTarget.Netdev(OptionalLong.of(OWN_NETNS), 2))
                .link(
                        90,
                        LinkType.TCX,
                        977,
                        new AttachTarget.Netdev(OptionalLong.of(OWN_NETNS), 2),
                        AttachType.TCX_INGRESS)
                .attachByLink(new Place.Xdp(eth0, XdpMode.NATIVE), 3815, 88)
                .revision(tcx, 3)
                .attachByLink(tcx, 977, 90)
                .attach(tcx, Via.PROG, 7001)
                .attachFilter(
                        new Place.Tc(eth0, TcParent.INGRESS),
                        filter(2, TcParent.INGRESS, 0, 1, 3, 1, 2647, "dd.o:[classify]"))
                .attachFilter(
                        new Place.Tc(eth0, TcParent.INGRESS),
                        filter(2, TcParent.INGRESS, 5, 7, 0x88cc, 0x10, 2647, "dd.o:[classify]"))
                .attachFilter(
                        new Place.Tc(eth0, TcParent.EGRESS),
                        filter(2, TcParent.EGRESS, 0, 49152, 3, 1, 2648, "dd.o:[egress]"))
                .attachFilter(
                        new Place.Tc(eth0, new TcParent(0x00010010)),
                        filter(2, new TcParent(0x00010010), 0, 10, 0x0800, 0x80000001, 2648, "dd.o:[egress]"))
                .attachFilter(
                        new Place.TcBlock(OWN_NETNS, 22, TcParent.INGRESS),
                        new TcFilter(
                                0,
                                OptionalInt.of(22),
                                TcParent.INGRESS,
                                0,
                                1,
                                3,
                                1,
                                OptionalInt.empty(),
                                "",
                                Set.of(),
                                OptionalInt.empty()));
    }

    private static TcFilter filter(
            int ifindex, TcParent parent, int chain, int priority, int protocol, int handle, int progId, String name) {
        return new TcFilter(
                ifindex,
                OptionalInt.empty(),
                parent,
                chain,
                priority,
                protocol,
                handle,
                OptionalInt.of(progId),
                name,
                Set.of(TcFilter.Flag.DIRECT_ACTION),
                OptionalInt.empty());
    }

    private static void containers(SnapshotBuilder host) {
        int link = 100;
        for (Device lxc : new Device[] {new Device(OWN_NETNS, 7, "lxc12a"), new Device(OWN_NETNS, 8, "lxc34b")}) {
            Place.Tcx place = new Place.Tcx(lxc, Direction.INGRESS);
            host.link(
                            link,
                            LinkType.TCX,
                            1555,
                            new AttachTarget.Netdev(OptionalLong.of(OWN_NETNS), lxc.ifindex()),
                            AttachType.TCX_INGRESS)
                    .revision(place, 2)
                    .attachByLink(place, 1555, link)
                    .pin(ObjectId.link(link), "/sys/fs/bpf/cilium/" + lxc.name() + "/in");
            link++;
        }
        Place.Netkit netkit = new Place.Netkit(new Device(OWN_NETNS, 9, "nk0"), AttachType.NETKIT_PEER);
        host.link(110, LinkType.NETKIT, 7008, new AttachTarget.Netdev(OptionalLong.empty(), 9), AttachType.NETKIT_PEER)
                .revision(netkit, 2)
                .attachByLink(netkit, 7008, 110)
                .attach(new Place.Xdp(new Device(BLUE_NETNS, 2, "eth0"), XdpMode.GENERIC), Via.NETLINK, 7007)
                .attach(
                        new Place.Xdp(new Device(OWN_NETNS, 10, "e\u001b[31m\udcff"), XdpMode.OFFLOADED),
                        Via.NETLINK,
                        7007);
    }

    private static void dispatcher(SnapshotBuilder host) {
        Device eth1 = new Device(OWN_NETNS, 3, "eth1");
        host.link(120, LinkType.XDP, 5001, new AttachTarget.Netdev(OptionalLong.of(OWN_NETNS), 3))
                .link(121, LinkType.TRACING, 5002, new AttachTarget.Prog(5001, 4, Optional.of("prog0")))
                .link(122, LinkType.TRACING, 5003, new AttachTarget.Prog(5001, 5, Optional.of("prog1")))
                .attachByLink(new Place.Xdp(eth1, XdpMode.NATIVE), 5001, 120)
                .attachSlot(new Place.Freplace(Optional.of(eth1), 5001, 4, Optional.of("prog0")), 5002, 121, 0)
                .attachSlot(new Place.Freplace(Optional.of(eth1), 5001, 5, Optional.of("prog1")), 5003, 122, 1);
    }

    private static void cgroups(SnapshotBuilder host) {
        Place.Cgroup service = new Place.Cgroup("/system.slice/web.service", 4711, AttachType.CGROUP_INET_EGRESS);
        Place.Cgroup root = new Place.Cgroup("/", 1, AttachType.CGROUP_INET_EGRESS);
        Place.Cgroup hostile = new Place.Cgroup("/user.slice/\udcffx\u001b.scope", 4712, new AttachType(6));
        host.link(130, LinkType.CGROUP, 6002, new AttachTarget.Cgroup(4711), AttachType.CGROUP_INET_EGRESS)
                .attachToCgroup(root, 6002, OptionalInt.empty(), 0)
                .revision(service, 5)
                .attachToCgroup(service, 6001, OptionalInt.empty(), 2)
                .attachToCgroup(service, 6002, OptionalInt.of(130), 2)
                .attachToCgroup(hostile, 6003, OptionalInt.empty(), 1)
                .cgroups(1L, 4711L, 4712L, 9_007_199_254_740_993L);
    }

    private static void others(SnapshotBuilder host) {
        AttachTarget.Netfilter prerouting = new AttachTarget.Netfilter(OptionalLong.of(OWN_NETNS), 2, 0, -128);
        AttachTarget.KernelBtf connect = new AttachTarget.KernelBtf(1, 90210, Optional.of("tcp_v4_connect"));
        host.link(140, LinkType.NETNS, 7004, new AttachTarget.Netns(BLUE_NETNS), AttachType.SK_LOOKUP)
                .link(141, LinkType.NETFILTER, 7005, prerouting, AttachType.NETFILTER)
                .link(142, LinkType.TRACING, 7003, connect, new AttachType(25))
                .link(143, new LinkType(77), 7002, new AttachTarget.Unknown(OptionalInt.of(77)))
                .link(144, LinkType.XDP, 3815, new AttachTarget.Netdev(OptionalLong.empty(), 0))
                .link(0xfffffff1, LinkType.ITER, 0xfffffff0, new AttachTarget.Iterator("bpf_link"), new AttachType(28))
                .attachByLink(new Place.NetnsHook(BLUE_NETNS, AttachType.SK_LOOKUP), 7004, 140)
                .attach(new Place.NetnsHook(OWN_NETNS, AttachType.FLOW_DISSECTOR), Via.PROG, 7006)
                .attachByLink(new Place.NetfilterHook(OptionalLong.of(OWN_NETNS), prerouting), 7005, 141)
                .attachByLink(new Place.Other(LinkType.TRACING, connect), 7003, 142)
                .attachByLink(
                        new Place.Other(new LinkType(77), new AttachTarget.Unknown(OptionalInt.of(77))), 7002, 143)
                .own(ObjectId.prog(0xfffffff0))
                .own(ObjectId.link(0xfffffff1));
    }

    private static void holders(SnapshotBuilder host) {
        Holder xdpd = new Holder(
                812,
                4711,
                "xdpd",
                Optional.of("/system.slice/xdpd.service"),
                Optional.of("xdpd.service"),
                Optional.empty());
        String container = "3f4e8a1c9b2d";
        Holder cilium = new Holder(
                1204,
                8812,
                "cilium-agent",
                Optional.of("/kubepods.slice/cri-containerd-" + container + ".scope"),
                Optional.empty(),
                Optional.of(container));
        Holder hostile = new Holder(6666, 99999, HOSTILE, Optional.empty(), Optional.empty(), Optional.empty());
        host.hold(xdpd, ObjectId.link(88), ObjectId.prog(3815), ObjectId.map(25))
                .hold(hostile, ObjectId.prog(7001), ObjectId.link(144))
                .hold(cilium, ObjectId.map(40))
                .infer(ObjectId.prog(977), cilium, ObjectId.Kind.MAP, "it holds map 40 of the program")
                .infer(ObjectId.prog(1555), cilium, ObjectId.Kind.MAP, "it holds map 40 of the program")
                .pin(ObjectId.link(88), "/sys/fs/bpf/fw/xdp")
                .pin(ObjectId.prog(4027), "/sys/fs/bpf/fw/xdp_v2")
                .pin(ObjectId.link(90), "/sys/fs/bpf/cilium/tcx/in")
                .pin(ObjectId.map(40), "/proc/1204/root/sys/fs/bpf/tc/globals/cilium_metrics")
                .pin(ObjectId.prog(7007), "/sys/fs/bpf/it's a " + HOSTILE)
                .activity(new Activity(
                        Activity.State.SAMPLED,
                        Map.of(3815, new RunCounts(123456789L, 4567890123L), 977, new RunCounts(-1L, 12L)),
                        Map.of(
                                3815,
                                new RunRate(
                                        1_200_000.0, OptionalDouble.of(38.4), SnapshotBuilder.TAKEN_AT.minusSeconds(2)),
                                977,
                                new RunRate(0, OptionalDouble.empty(), SnapshotBuilder.TAKEN_AT.minusSeconds(2))),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(SnapshotBuilder.TAKEN_AT.minusSeconds(2))));
    }
}

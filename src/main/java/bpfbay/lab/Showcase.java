package bpfbay.lab;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Attacher.Filter;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.ProgType;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.nio.file.Path;

/** Every way of attaching once: what a stranger looks at first. */
final class Showcase {
    static final int INTERFACES = 4;

    private static final int ETH_P_ALL = 3;
    private static final int ETH_P_IP = 0x0800;
    private static final int NFPROTO_IPV4 = 2;
    private static final int NF_INET_LOCAL_IN = 1;
    private static final AttachType CGROUP_INET4_CONNECT = new AttachType(10);

    private final Stage stage;
    private final Attacher attacher;

    Showcase(Stage stage) {
        this.stage = stage;
        this.attacher = stage.attacher();
    }

    void build(Path cgroup) {
        edge(attacher.device("eth0"));
        uplink(attacher.device("eth1"));
        monitor(attacher.device("eth2"));
        slots(attacher.device("eth3"));
        netkit();
        namespace();
        cgroups(cgroup);
        stage.attempt("fentry", () -> {
            LoadedObject watch = stage.load("fentry_watch");
            holdLink(attacher.tracingLink(watch.program()));
        });
        rollout();
    }

    /* held by links: XDP by a pinned one, tcx by one that only the agent holds */
    private void edge(Device eth) {
        LoadedObject firewall = stage.load("xdp_fw");
        stage.pin(stage.keep(attacher.xdpLink(firewall.program(), eth, XdpMode.NATIVE)), "eth0", "xdp");
        holdAll(firewall);
        stage.attempt("tcx by link", () -> {
            LoadedObject mesh = stage.load("tcx_from_net");
            holdLink(attacher.tcxLink(mesh.program(), eth, Direction.INGRESS));
            holdAll(mesh);
        });
        attacher.clsact(eth);
        LoadedObject classify = stage.load("tc_classify");
        attacher.filter(classify.program(), filter(eth, TcParent.INGRESS, 1, 1, "edge_classify"));
        LoadedObject mark = stage.load("tc_mark");
        attacher.filter(mark.program(), filter(eth, TcParent.EGRESS, 1, 1, "qos_mark"));
        stage.pin(mark.program(), "eth0", "qos_mark");
    }

    /* held by nothing but the hook: XDP by netlink, tcx by program; filters of two priorities and another chain */
    private void uplink(Device eth) {
        LoadedObject firewall = stage.load("xdp_fw");
        attacher.xdp(firewall.program(), eth, XdpMode.NATIVE);
        stage.pin(firewall.program(), "eth1", "xdp_fw");
        stage.attempt("tcx by program", () -> {
            attacher.tcx(stage.load("tcx_from_net").program(), eth, Direction.INGRESS);
            attacher.tcx(stage.load("tc_mark").program(), eth, Direction.EGRESS);
        });
        attacher.clsact(eth);
        LoadedObject classify = stage.load("tc_classify");
        attacher.filter(classify.program(), filter(eth, TcParent.INGRESS, 1, 1, "edge_classify"));
        attacher.filter(stage.load("tc_mark").program(), filter(eth, TcParent.INGRESS, 10, 1, "qos_mark"));
        attacher.filter(
                stage.load("tc_classify").program(),
                new Filter(eth, TcParent.INGRESS, 5, 1, ETH_P_IP, 0x2a, "edge_classify"));
        /* the agent of the classifier let go of its program and keeps the map */
        classify.maps().values().forEach(map -> stage.hold(stage.loader().mapId(map)));
    }

    private void monitor(Device eth) {
        LoadedObject sample = stage.load("xdp_sample");
        holdLink(attacher.xdpLink(sample.program(), eth, XdpMode.GENERIC));
        attacher.clsact(eth);
        attacher.filter(stage.load("tc_mark").program(), filter(eth, TcParent.EGRESS, 1, 1, "qos_mark"));
    }

    private void slots(Device eth) {
        LoadedObject slots = stage.load("xdp_slots");
        attacher.xdp(slots.program(), eth, XdpMode.NATIVE);
        stage.attempt("freplace", () -> {
            LoadedObject slot = stage.keep(stage.loader()
                    .loadExtension(stage.loader().ownObject("freplace_slot"), slots.program(), "slot_first"));
            stage.pin(stage.keep(attacher.tracingLink(slot.program())), "eth3", "slot_first");
        });
    }

    private void netkit() {
        String netns = stage.site().name();
        try {
            /* the kernel names the other end nk0 */
            Command.run("ip", "-n", netns, "link", "add", "name", "pod0", "type", "netkit");
            Command.run("ip", "-n", netns, "link", "set", "pod0", "up");
        } catch (LabException noNetkit) {
            stage.leaveOut("netkit", String.valueOf(noNetkit.getMessage()));
            return;
        }
        stage.attempt("netkit", () -> {
            Device primary = attacher.device("pod0");
            LoadedObject policy = stage.load("netkit_policy");
            stage.pin(
                    stage.keep(attacher.netkitLink(policy.program(), primary, AttachType.NETKIT_PRIMARY)),
                    "pod0",
                    "primary");
            LoadedObject peer = stage.load("netkit_policy_v2");
            stage.pin(stage.keep(attacher.netkitLink(peer.program(), primary, AttachType.NETKIT_PEER)), "pod0", "peer");
        });
    }

    private void namespace() {
        stage.attempt("sk_lookup", () -> {
            LoadedObject steer = stage.load("netns_sk_lookup");
            stage.pin(stage.keep(attacher.netnsLink(steer.program(), AttachType.SK_LOOKUP)), "netns", "steer_lookup");
        });
        stage.attempt("flow_dissector", () -> {
            LoadedObject flow = stage.load("netns_flow_dissector");
            holdLink(attacher.netnsLink(flow.program(), AttachType.FLOW_DISSECTOR));
        });
        stage.attempt("netfilter", () -> {
            LoadedObject count = stage.keep(stage.loader()
                    .load(stage.loader().ownObject("netfilter_count"), ProgType.NETFILTER, AttachType.NETFILTER));
            stage.pin(
                    stage.keep(attacher.netfilterLink(count.program(), NFPROTO_IPV4, NF_INET_LOCAL_IN, -128)),
                    "netns",
                    "nf_count");
        });
    }

    private void cgroups(Path cgroup) {
        LoadedObject egress = stage.load("cgroup_egress");
        stage.pin(
                stage.keep(attacher.cgroupLink(egress.program(), cgroup, AttachType.CGROUP_INET_EGRESS)),
                "cgroup",
                "acct_egress");
        holdAll(egress);
        attacher.cgroup(stage.load("cgroup_connect4").program(), cgroup, CGROUP_INET4_CONNECT);
        attacher.cgroup(stage.load("cgroup_connect4_v2").program(), cgroup, CGROUP_INET4_CONNECT);
        attacher.cgroup(stage.load("cgroup_egress_v2").program(), cgroup.resolve("web"), AttachType.CGROUP_INET_EGRESS);
    }

    /* a rollout that got as far as pinning: the new builds are attached nowhere */
    private void rollout() {
        for (String name : new String[] {"xdp_fw", "tc_classify", "tcx_from_net"}) {
            stage.pin(stage.load(name + "_v2").program(), "rollout", name + "_v2");
        }
    }

    private void holdLink(Fd link) {
        stage.hold(stage.loader().linkId(stage.keep(link)));
    }

    private void holdAll(LoadedObject object) {
        object.programs().keySet().forEach(name -> stage.hold(object.programId(name)));
        object.maps().values().forEach(map -> stage.hold(stage.loader().mapId(map)));
    }

    private static Filter filter(Device eth, TcParent parent, int priority, int handle, String name) {
        return new Filter(eth, parent, 0, priority, ETH_P_ALL, handle, name);
    }
}

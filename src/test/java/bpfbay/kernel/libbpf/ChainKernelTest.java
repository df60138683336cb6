package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.AttachType;
import bpfbay.model.DeviceChain;
import bpfbay.model.NetnsHookState;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** tcx, netkit and the hooks of a namespace, attached by bpf(2); no distribution's tool shows them yet. */
@InNetns
class ChainKernelTest {
    private static final int LO = 1;
    private static final int BPF_F_BEFORE = 8;
    private static final int FLOW_DISSECTOR_TYPE = 22;
    private static final int SK_LOOKUP_TYPE = 30;
    private static final int TCX_EGRESS = 47;
    private static final int NETKIT_PRIMARY = 54;
    private static final int NETKIT_PEER = 55;

    private final List<Integer> fds = new ArrayList<>();

    @AfterEach
    void close_what_was_opened() {
        RawBpf.closeAll(fds.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_chain_keeps_links_and_programs_in_running_order() {
        int linked = cls("linked");
        int appended = cls("appended");
        int prepended = cls("prepended");
        int link = kept(RawBpf.createLink(linked, LO, RawBpf.BPF_TCX_INGRESS));
        RawBpf.attach(appended, LO, RawBpf.BPF_TCX_INGRESS, 0);
        RawBpf.attach(prepended, LO, RawBpf.BPF_TCX_INGRESS, BPF_F_BEFORE);
        List<DeviceChain> chains = Ground.look().chains();
        assertEquals(1, chains.size());
        assertEquals(AttachType.TCX_INGRESS, chains.get(0).attachType());
        assertEquals(
                List.of(
                        new DeviceChain.Entry(RawBpf.id(prepended), OptionalInt.empty()),
                        new DeviceChain.Entry(RawBpf.id(linked), OptionalInt.of(RawBpf.id(link))),
                        new DeviceChain.Entry(RawBpf.id(appended), OptionalInt.empty())),
                chains.get(0).entries());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void the_revision_counts_changes_and_each_direction_has_its_own() {
        RawBpf.attach(cls("first"), LO, RawBpf.BPF_TCX_INGRESS, 0);
        long before = Ground.look().chains().get(0).revision();
        RawBpf.attach(cls("second"), LO, RawBpf.BPF_TCX_INGRESS, 0);
        RawBpf.attach(cls("egress"), LO, TCX_EGRESS, 0);
        assertEquals(
                List.of(before + 1, before),
                Ground.look().chains().stream().map(DeviceChain::revision).toList());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_long_chain_is_seen_whole() {
        for (int i = 0; i < 40; i++) {
            RawBpf.attach(cls("p" + i), LO, RawBpf.BPF_TCX_INGRESS, 0);
        }
        assertEquals(40, Ground.look().chains().get(0).entries().size());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void an_empty_chain_is_not_listed() {
        int link = RawBpf.createLink(cls("linked"), LO, RawBpf.BPF_TCX_INGRESS);
        assertEquals(1, Ground.look().chains().size());
        RawBpf.closeAll(link);
        assertEquals(List.of(), Ground.look().chains());
    }

    @Test
    @InNetns(needs = Feature.NETKIT)
    void both_sides_of_a_netkit_pair_are_held_by_the_primary_one() {
        Tool.run("ip", "link", "add", "name", "kit0", "type", "netkit");
        int primary = Ground.ifindex("kit0");
        kept(RawBpf.createLink(cls("primary"), primary, NETKIT_PRIMARY));
        kept(RawBpf.createLink(cls("peer"), primary, NETKIT_PEER));
        assertEquals(
                List.of(primary + " netkit_primary", primary + " netkit_peer"),
                Ground.look().chains().stream()
                        .map(chain -> chain.ifindex() + " " + chain.attachType().label())
                        .toList());
        assertEquals(List.of(), Ground.look().problems());
    }

    @Test
    void the_hooks_of_the_namespace_itself_are_seen() {
        int dissector = kept(RawBpf.loadProgram(FLOW_DISSECTOR_TYPE, AttachType.FLOW_DISSECTOR.value(), "dissect", 0));
        int lookup = kept(RawBpf.loadProgram(SK_LOOKUP_TYPE, AttachType.SK_LOOKUP.value(), "lookup", 1));
        RawBpf.attach(dissector, 0, AttachType.FLOW_DISSECTOR.value(), 0);
        kept(RawBpf.createLink(lookup, kept(open("/proc/thread-self/ns/net")), AttachType.SK_LOOKUP.value()));
        assertEquals(
                List.of(
                        new NetnsHookState(AttachType.FLOW_DISSECTOR, List.of(RawBpf.id(dissector))),
                        new NetnsHookState(AttachType.SK_LOOKUP, List.of(RawBpf.id(lookup)))),
                Ground.look().netnsHooks());
        assertEquals(List.of(), Ground.look().problems());
    }

    private int cls(String name) {
        return kept(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, name, -1));
    }

    private int kept(int fd) {
        fds.add(fd);
        return fd;
    }

    static int open(String path) {
        return NativeLibrary.getProcess().getFunction("open").invokeInt(new Object[] {path, 0});
    }
}

package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.TcParent;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** cls_bpf: nothing of a filter but its program is another, as tc(8) sees it. */
@InNetns
class SwapFilterTest {
    private static final int ALL = 3;

    private final SwapScene scene = new SwapScene();
    private Fd old;
    private Fd next;

    @BeforeEach
    void make_a_qdisc() {
        Ground.veth("v0", "v1");
        tc("qdisc add dev v0 clsact");
        old = scene.classifier("prog");
        next = scene.classifier("prog");
        RawBpf.pin(old.number(), Ground.path("old"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void direct_action_name_and_neighbours_stay() {
        tc("filter add dev v0 ingress prio 7 handle 2 bpf da pinned " + Ground.path("old"));
        tc("filter add dev v0 ingress prio 7 handle 1 bpf da pinned " + Ground.path("old"));
        onlyTheProgramChanges(filter(TcParent.INGRESS, 0, 7, ALL, 2), "dev v0 ingress");
    }

    @Test
    void a_class_skip_flags_and_the_absence_of_direct_action_stay() {
        tc("filter add dev v0 egress protocol ip prio 3 handle 0x2a bpf skip_hw flowid 1:7 pinned "
                + Ground.path("old"));
        String shown = onlyTheProgramChanges(filter(TcParent.EGRESS, 0, 3, 0x0800, 0x2a), "dev v0 egress");
        assertTrue(shown.contains("flowid 1:7") && shown.contains("skip_hw"), shown);
        assertTrue(!shown.contains("direct-action"), shown);
    }

    @Test
    void actions_stay() {
        needed("filter add dev v0 ingress prio 1 handle 1 bpf pinned " + Ground.path("old")
                + " action skbedit mark 7 pipe action gact pass");
        String shown = onlyTheProgramChanges(filter(TcParent.INGRESS, 0, 1, ALL, 1), "dev v0 ingress");
        assertTrue(shown.contains("mark 7") && shown.contains("gact action pass"), shown);
    }

    @Test
    void a_filter_of_another_chain_is_found_there() {
        tc("filter add dev v0 ingress chain 4 prio 1 handle 1 bpf da pinned " + Ground.path("old"));
        onlyTheProgramChanges(filter(TcParent.INGRESS, 4, 1, ALL, 1), "dev v0 ingress");
    }

    @Test
    void a_filter_on_a_classful_qdisc_is_swapped_too() {
        needed("qdisc add dev v0 root handle 1: htb");
        tc("filter add dev v0 parent 1: prio 1 handle 1 bpf flowid 1:2 pinned " + Ground.path("old"));
        onlyTheProgramChanges(filter(new TcParent(0x10000), 0, 1, ALL, 1), "dev v0 parent 1:");
    }

    @Test
    void a_shared_block_is_reached_through_the_block_alone() {
        tc("qdisc add dev v1 ingress_block 22 clsact");
        tc("filter add block 22 prio 3 handle 1 bpf da pinned " + Ground.path("old"));
        SwapPlace block = new SwapPlace.Filter(SwapScene.here(), 0, OptionalInt.of(22), TcParent.INGRESS, 0, 3, ALL, 1);
        onlyTheProgramChanges(block, "block 22");
        SwapPlace device = new SwapPlace.Filter(
                SwapScene.here(), Ground.ifindex("v1"), OptionalInt.empty(), TcParent.INGRESS, 0, 3, ALL, 1);
        KernelException.Conflict conflict =
                assertThrows(KernelException.Conflict.class, () -> scene.replace(device, next, old));
        assertTrue(
                String.valueOf(conflict.getMessage()).contains("This filter block is shared"), conflict.getMessage());
    }

    @Test
    void another_program_than_the_expected_one_is_left_alone() {
        tc("filter add dev v0 ingress prio 1 handle 1 bpf da pinned " + Ground.path("old"));
        String before = tc("filter show dev v0 ingress");
        assertEquals(
                "RTM_NEWTFILTER ifindex " + Ground.ifindex("v0")
                        + "/tc/ingress/1:0x1: ESTALE — another program stands there now",
                scene.refused(
                        KernelException.Conflict.class,
                        filter(TcParent.INGRESS, 0, 1, ALL, 1),
                        scene.classifier("stranger"),
                        next,
                        old));
        assertEquals(before, tc("filter show dev v0 ingress"));
    }

    @Test
    void what_is_gone_is_never_made_again() {
        SwapPlace place = filter(TcParent.INGRESS, 0, 1, ALL, 1);
        gone(place, "no filter");
        tc("filter add dev v0 ingress prio 1 handle 2 bpf da pinned " + Ground.path("old"));
        gone(place, "another handle");
        tc("filter add dev v0 ingress prio 2 handle 1 bpf da pinned " + Ground.path("old"));
        gone(filter(TcParent.INGRESS, 0, 2, 0x0800, 1), "another protocol");
        gone(filter(TcParent.INGRESS, 9, 1, ALL, 1), "another chain");
        tc("filter add dev v0 ingress prio 5 protocol all u32 match u32 0 0");
        gone(filter(TcParent.INGRESS, 0, 5, ALL, 1), "another kind");
        String before = tc("filter show dev v0 ingress");
        tc("qdisc del dev v0 clsact");
        gone(place, "no qdisc");
        assertTrue(before.contains("u32"), before);
        Tool.run("ip", "link", "del", "v0");
        gone(place, "no device");
    }

    private void gone(SwapPlace place, String why) {
        assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next), why);
        assertThrows(KernelException.Gone.class, () -> scene.swapper.standing(place, 1), why);
    }

    /* returns what tc shows afterwards */
    private String onlyTheProgramChanges(SwapPlace place, String where) {
        String before = tc("filter show " + where);
        scene.assertStands(place, old);
        scene.replace(place, old, next);
        scene.assertStands(place, next);
        String after = tc("filter show " + where);
        String id = " id " + Integer.toUnsignedString(SwapScene.id(old)) + " ";
        String nextId = " id " + Integer.toUnsignedString(SwapScene.id(next)) + " ";
        assertTrue(after.contains(nextId), after);
        assertEquals(lasting(before).replace(id, nextId), lasting(after).replace(id, nextId));
        scene.replace(place, next, old);
        assertEquals(lasting(before), lasting(tc("filter show " + where)));
        return after;
    }

    /* the time since an action was used goes on */
    private static String lasting(String shown) {
        return shown.replaceAll("(installed|used) [0-9]+ sec", "$1");
    }

    private SwapPlace filter(TcParent parent, int chain, int priority, int protocol, int handle) {
        return new SwapPlace.Filter(
                SwapScene.here(),
                Ground.look().interfaces().stream()
                        .filter(device -> device.name().equals("v0"))
                        .mapToInt(device -> device.ifindex())
                        .findFirst()
                        .orElse(0),
                OptionalInt.empty(),
                parent,
                chain,
                priority,
                protocol,
                handle);
    }

    /* what small kernels are built without */
    private static void needed(String arguments) {
        Tool.Outcome outcome = Tool.attempt(("tc " + arguments).split(" "));
        Assumptions.assumeTrue(outcome.status() == 0, "tc " + arguments + ": " + outcome.errors());
    }

    private static String tc(String arguments) {
        return Tool.run(("tc " + arguments).split(" "));
    }
}

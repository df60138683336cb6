package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs without a link in the chain of a device. */
class SwapChainTest {
    private static final int NETKIT_PRIMARY = 54;
    private static final int NETKIT_PEER = 55;

    private final SwapScene scene = new SwapScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void the_position_stays_and_the_revision_is_one_more() {
        Fd first = attached("first");
        Fd old = attached("old");
        Fd last = attached("last");
        Fd next = scene.classifier("next");
        long revision = standing(old).revision().orElseThrow();
        assertEquals(OptionalInt.of(2), standing(old).position());
        scene.swapper.replace(loopback(), old, next, OptionalLong.of(revision));
        assertEquals(List.of(SwapScene.id(first), SwapScene.id(next), SwapScene.id(last)), order(0));
        assertEquals(OptionalLong.of(revision + 1), standing(next).revision());
        assertEquals(OptionalInt.empty(), standing(old).progId());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void another_revision_is_a_conflict() {
        Fd old = attached("old");
        Fd next = scene.classifier("next");
        long revision = standing(old).revision().orElseThrow();
        attached("meanwhile");
        KernelException.Conflict conflict = assertThrows(
                KernelException.Conflict.class,
                () -> scene.swapper.replace(loopback(), old, next, OptionalLong.of(revision)));
        assertEquals(
                "BPF_PROG_ATTACH ifindex 1/tcx_ingress: ESTALE — another program stands there now",
                conflict.getMessage());
        scene.assertStands(loopback(), old);
        scene.replace(loopback(), old, next);
        scene.assertStands(loopback(), next);
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_program_that_is_not_there_is_a_conflict() {
        Fd old = attached("old");
        scene.refused(
                KernelException.Conflict.class, loopback(), scene.classifier("stranger"), scene.classifier("n"), old);
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void an_emptied_chain_is_a_conflict() {
        Fd old = attached("old");
        Fd next = scene.classifier("next");
        RawBpf.detach(old.number(), 1, RawBpf.BPF_TCX_INGRESS);
        assertThrows(KernelException.Conflict.class, () -> scene.replace(loopback(), old, next));
        assertEquals(List.of(), Ground.look().chains());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_program_that_a_link_holds_is_left_to_the_link() {
        Fd old = scene.classifier("old");
        Fd link = scene.kept(RawBpf.createLink(old.number(), 1, RawBpf.BPF_TCX_INGRESS));
        assertEquals(
                "BPF_PROG_ATTACH ifindex 1/tcx_ingress: EBUSY — a link holds the place now",
                scene.refused(KernelException.Held.class, loopback(), old, scene.classifier("next"), old));
        assertEquals(true, link.number() > 2);
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_device_in_another_namespace_is_reached_and_the_thread_comes_home() {
        Fd old = scene.classifier("old");
        Fd next = scene.classifier("next");
        long home = Ground.own().inode();
        try (Elsewhere elsewhere = new Elsewhere()) {
            SwapPlace place =
                    new SwapPlace.Chain(Primitive.TCX_PROGRAM, elsewhere.namespace(), 1, AttachType.TCX_INGRESS);
            Ground.veth("v0", "v1");
            int ifindex = Ground.ifindex("v0");
            RawBpf.attach(old.number(), ifindex, RawBpf.BPF_TCX_INGRESS, 0);
            assertThrows(KernelException.Conflict.class, () -> scene.replace(place, old, next));
            SwapPlace moved =
                    new SwapPlace.Chain(Primitive.TCX_PROGRAM, elsewhere.namespace(), ifindex, AttachType.TCX_INGRESS);
            assertThrows(KernelException.Gone.class, () -> scene.replace(moved, old, next));
            assertEquals(home, Ground.own().inode());
            Tool.run("ip", "link", "set", "v0", "netns", Long.toString(elsewhere.pid()));
            scene.replace(moved, old, next);
            scene.assertStands(moved, next);
            assertEquals(home, Ground.own().inode());
        }
    }

    @Test
    @InNetns(needs = Feature.NETKIT)
    void both_sides_of_a_netkit_pair_are_swapped_by_program_and_by_link() {
        Tool.run("ip", "link", "add", "name", "kit0", "type", "netkit");
        int ifindex = Ground.ifindex("kit0");
        for (int attachType : new int[] {NETKIT_PRIMARY, NETKIT_PEER}) {
            Fd first = scene.classifier("first");
            Fd old = scene.classifier("old");
            Fd next = scene.classifier("next");
            Fd last = scene.classifier("last");
            RawBpf.attach(first.number(), ifindex, attachType, 0);
            Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, attachType));
            RawBpf.attach(last.number(), ifindex, attachType, 0);
            SwapPlace chain = new SwapPlace.Chain(
                    Primitive.NETKIT_PROGRAM, SwapScene.here(), ifindex, new AttachType(attachType));
            SwapPlace ofLink = new SwapPlace.OfLink(Primitive.NETKIT_LINK, SwapScene.id(link));
            scene.refused(KernelException.Conflict.class, ofLink, next, next, old);
            scene.refused(KernelException.Held.class, chain, old, next, old);
            scene.replace(ofLink, old, next);
            scene.replace(chain, first, old);
            scene.refused(KernelException.Conflict.class, chain, first, scene.classifier("other"), old);
            assertEquals(
                    List.of(SwapScene.id(old), SwapScene.id(next), SwapScene.id(last)),
                    order(attachType - NETKIT_PRIMARY));
        }
    }

    private Fd attached(String name) {
        Fd program = scene.classifier(name);
        RawBpf.attach(program.number(), 1, RawBpf.BPF_TCX_INGRESS, 0);
        return program;
    }

    private bpfbay.kernel.Swapper.Standing standing(Fd program) {
        return scene.swapper.standing(loopback(), SwapScene.id(program));
    }

    private static SwapPlace loopback() {
        return new SwapPlace.Chain(Primitive.TCX_PROGRAM, SwapScene.here(), 1, AttachType.TCX_INGRESS);
    }

    private static List<Integer> order(int chain) {
        return Ground.look().chains().get(chain).entries().stream()
                .map(entry -> entry.progId())
                .toList();
    }
}

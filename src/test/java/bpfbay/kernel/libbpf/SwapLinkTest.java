package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links of devices: the link stays, its program is another. */
@InNetns
class SwapLinkTest {
    private final SwapScene scene = new SwapScene();
    private int ifindex;

    @BeforeEach
    void make_a_device() {
        Ground.veth("v0", "v1");
        ifindex = Ground.ifindex("v0");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void an_xdp_link_gets_another_program() {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        SwapPlace place = place(Primitive.XDP_LINK, link);
        scene.assertStands(place, old);
        scene.replace(place, old, next);
        scene.assertStands(place, next);
        assertEquals(
                SwapScene.id(next),
                shownByIp().getAsJsonObject("prog").get("id").getAsInt());
    }

    @Test
    void another_program_than_the_expected_one_is_left_alone() {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        Fd stranger = scene.xdp("stranger");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        assertEquals(
                "BPF_LINK_UPDATE link:" + Integer.toUnsignedString(SwapScene.id(link))
                        + ": ESTALE — another program stands there now",
                scene.refused(KernelException.Conflict.class, place(Primitive.XDP_LINK, link), stranger, next, old));
    }

    @Test
    void a_program_of_another_expected_attach_type_does_not_fit_an_xdp_link() {
        Fd old = scene.xdp("old");
        Fd raw = scene.program(RawBpf.BPF_PROG_TYPE_XDP, 0, "raw", 2);
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        assertEquals(
                "BPF_LINK_UPDATE link:" + Integer.toUnsignedString(SwapScene.id(link))
                        + ": EINVAL — the program is of another type or expected attach type",
                scene.refused(KernelException.class, place(Primitive.XDP_LINK, link), old, raw, old));
    }

    @Test
    void a_link_that_nobody_holds_any_more_is_gone() {
        Fd old = scene.xdp("old");
        int link = RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP);
        SwapPlace place = new SwapPlace.OfLink(Primitive.XDP_LINK, RawBpf.id(link));
        RawBpf.closeAll(link);
        gone(place, old);
    }

    @Test
    void a_link_whose_device_is_deleted_is_gone() {
        Fd old = scene.xdp("old");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        Tool.run("ip", "link", "del", "v0");
        gone(place(Primitive.XDP_LINK, link), old);
    }

    @Test
    void a_detached_link_is_gone() {
        Fd old = scene.xdp("old");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        RawBpf.detachLink(link.number());
        gone(place(Primitive.XDP_LINK, link), old);
    }

    @Test
    void a_link_is_followed_when_its_device_is_renamed_or_moves_away() {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        SwapPlace place = place(Primitive.XDP_LINK, link);
        Tool.run("ip", "link", "set", "v0", "down");
        Tool.run("ip", "link", "set", "v0", "name", "renamed0");
        scene.replace(place, old, next);
        scene.assertStands(place, next);
        try (Elsewhere elsewhere = new Elsewhere()) {
            Tool.run("ip", "link", "set", "renamed0", "netns", Long.toString(elsewhere.pid()));
            scene.replace(place, next, old);
            scene.assertStands(place, old);
        }
    }

    @Test
    void no_descriptor_of_the_link_stays_behind() {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        SwapPlace place = place(Primitive.XDP_LINK, link);
        OpenDescriptors before = OpenDescriptors.now();
        scene.replace(place, old, next);
        scene.assertStands(place, next);
        assertThrows(KernelException.Conflict.class, () -> scene.replace(place, old, next));
        before.assertSameAsNow();
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_tcx_link_keeps_its_position() {
        Fd first = scene.classifier("first");
        Fd old = scene.classifier("old");
        Fd last = scene.classifier("last");
        Fd next = scene.classifier("next");
        RawBpf.attach(first.number(), ifindex, RawBpf.BPF_TCX_INGRESS, 0);
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_TCX_INGRESS));
        RawBpf.attach(last.number(), ifindex, RawBpf.BPF_TCX_INGRESS, 0);
        SwapPlace place = place(Primitive.TCX_LINK, link);
        scene.refused(KernelException.Conflict.class, place, first, next, old);
        scene.replace(place, old, next);
        assertEquals(List.of(SwapScene.id(first), SwapScene.id(next), SwapScene.id(last)), order());
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_program_that_is_in_the_chain_already_is_refused() {
        Fd first = scene.classifier("first");
        Fd old = scene.classifier("old");
        RawBpf.attach(first.number(), ifindex, RawBpf.BPF_TCX_INGRESS, 0);
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_TCX_INGRESS));
        assertEquals(
                "BPF_LINK_UPDATE link:" + Integer.toUnsignedString(SwapScene.id(link))
                        + ": EEXIST — the program is already in this chain",
                scene.refused(KernelException.class, place(Primitive.TCX_LINK, link), old, first, old));
    }

    private void gone(SwapPlace place, Fd old) {
        Fd next = scene.xdp("next");
        assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next));
        assertThrows(KernelException.Gone.class, () -> scene.swapper.standing(place, SwapScene.id(old)));
    }

    private static SwapPlace place(Primitive primitive, Fd link) {
        return new SwapPlace.OfLink(primitive, SwapScene.id(link));
    }

    private static com.google.gson.JsonObject shownByIp() {
        JsonElement shown = Tool.json("ip", "-j", "-d", "link", "show", "v0");
        return shown.getAsJsonArray().get(0).getAsJsonObject().getAsJsonObject("xdp");
    }

    private static List<Integer> order() {
        List<Integer> ids = new ArrayList<>();
        Ground.look().chains().get(0).entries().forEach(entry -> ids.add(entry.progId()));
        return ids;
    }
}

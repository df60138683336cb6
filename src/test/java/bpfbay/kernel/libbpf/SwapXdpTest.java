package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.XdpMode;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** XDP that netlink put there. */
@InNetns
class SwapXdpTest {
    private final SwapScene scene = new SwapScene();
    private Fd old;
    private Fd next;
    private int ifindex;

    @BeforeEach
    void make_a_device() {
        Ground.veth("v0", "v1");
        ifindex = Ground.ifindex("v0");
        old = scene.xdp("old");
        next = scene.xdp("next");
        RawBpf.pin(old.number(), Ground.path("old"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_program_is_another_and_its_mode_the_same() {
        for (XdpMode mode : new XdpMode[] {XdpMode.NATIVE, XdpMode.GENERIC}) {
            String word = mode == XdpMode.NATIVE ? "xdpdrv" : "xdpgeneric";
            Tool.run("ip", "link", "set", "v0", word, "pinned", Ground.path("old"));
            SwapPlace place = place(mode);
            scene.assertStands(place, old);
            scene.replace(place, old, next);
            scene.assertStands(place, next);
            assertEquals(
                    (mode == XdpMode.NATIVE ? 1 : 2) + " " + SwapScene.id(next),
                    Tool.json("ip", "-j", "-d", "link", "show", "v0")
                            .getAsJsonArray()
                            .get(0)
                            .getAsJsonObject()
                            .getAsJsonObject("xdp")
                            .asMap()
                            .entrySet()
                            .stream()
                            .filter(e -> e.getKey().equals("mode"))
                            .map(e -> e.getValue().getAsInt() + " " + SwapScene.id(next))
                            .findFirst()
                            .orElse("not shown"));
            Tool.run("ip", "link", "set", "v0", word, "off");
        }
    }

    @Test
    void another_program_than_the_expected_one_is_left_alone() {
        attach("xdpdrv");
        assertEquals(
                "RTM_SETLINK ifindex " + ifindex + "/xdp: ESTALE — Active program does not match expected",
                scene.refused(KernelException.Conflict.class, place(XdpMode.NATIVE), scene.xdp("stranger"), next, old));
    }

    @Test
    void an_empty_hook_stays_empty() {
        assertThrows(KernelException.Conflict.class, () -> scene.replace(place(XdpMode.NATIVE), old, next));
        assertEquals(
                OptionalInt.empty(),
                scene.swapper
                        .standing(place(XdpMode.NATIVE), SwapScene.id(next))
                        .progId());
    }

    @Test
    void a_program_that_went_to_another_mode_is_named_but_not_the_one_of_the_place() {
        attach("xdpgeneric");
        assertThrows(KernelException.Conflict.class, () -> scene.replace(place(XdpMode.NATIVE), old, next));
        var standing = scene.swapper.standing(place(XdpMode.NATIVE), SwapScene.id(old));
        assertEquals(OptionalInt.of(SwapScene.id(old)), standing.progId());
        assertEquals(OptionalInt.empty(), standing.position());
    }

    @Test
    void a_link_that_took_the_hook_holds_it() {
        Fd link = scene.kept(RawBpf.createLink(old.number(), ifindex, RawBpf.BPF_XDP));
        assertEquals(
                "RTM_SETLINK ifindex " + ifindex + "/xdp: EBUSY — Can't replace active BPF XDP link",
                scene.refused(KernelException.Held.class, place(XdpMode.NATIVE), old, next, old));
        assertEquals(true, link.number() > 2);
    }

    @Test
    void the_driver_refuses_in_its_own_words_and_the_old_program_stays() {
        attach("xdpdrv");
        Fd classifier = scene.classifier("classifier");
        scene.refused(KernelException.class, place(XdpMode.NATIVE), old, classifier, old);
    }

    @Test
    void a_deleted_device_is_gone() {
        SwapPlace place = place(XdpMode.NATIVE);
        Tool.run("ip", "link", "del", "v0");
        assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next));
        assertThrows(KernelException.Gone.class, () -> scene.swapper.standing(place, SwapScene.id(old)));
    }

    @Test
    void a_device_that_moved_to_another_namespace_is_gone_from_this_one_and_found_there() {
        attach("xdpdrv");
        try (Elsewhere elsewhere = new Elsewhere()) {
            Tool.run("ip", "link", "set", "v0", "netns", Long.toString(elsewhere.pid()));
            elsewhere.run("ip link set v0 up");
            assertThrows(KernelException.Gone.class, () -> scene.replace(place(XdpMode.NATIVE), old, next));
            /* a move takes what netlink has attached away */
            elsewhere.run("ip link add w0 type veth peer name w1; ip link set w0 xdpdrv pinned " + Ground.path("old"));
            int there = Integer.parseInt(elsewhere
                    .run("cat /sys/class/net/w0/ifindex 2>/dev/null || ip -o link show w0 | cut -d: -f1")
                    .strip());
            SwapPlace place = new SwapPlace.Xdp(elsewhere.namespace(), there, XdpMode.NATIVE);
            long home = Ground.own().inode();
            scene.replace(place, old, next);
            scene.assertStands(place, next);
            assertEquals(home, Ground.own().inode());
        }
    }

    @Test
    void a_namespace_that_is_no_more_is_gone() {
        SwapPlace place = new SwapPlace.Xdp(new SwapPlace.Namespace("/run/netns/nowhere", 1), 2, XdpMode.NATIVE);
        KernelException.Gone gone = assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next));
        assertEquals("open /run/netns/nowhere: ENOENT — the namespace is gone", gone.getMessage());
    }

    private void attach(String mode) {
        Tool.run("ip", "link", "set", "v0", mode, "pinned", Ground.path("old"));
    }

    private SwapPlace place(XdpMode mode) {
        return new SwapPlace.Xdp(SwapScene.here(), ifindex, mode);
    }
}

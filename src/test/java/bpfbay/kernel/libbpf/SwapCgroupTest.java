package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.model.CgroupChain;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs of a cgroup of the test's own, with a link and without. */
@InNetns
class SwapCgroupTest {
    private static final AttachType TYPE = AttachType.CGROUP_INET_EGRESS;
    private static final int EGRESS = TYPE.value();
    private static final int BPF_F_ALLOW_MULTI = 2;

    private final SwapScene scene = new SwapScene();
    private Path directory = Path.of("");
    private SwapPlace place = new SwapPlace.OfLink(Primitive.CGROUP_LINK, 0);
    private int cgroup;

    @BeforeEach
    void make_a_cgroup() throws IOException {
        CgroupMount mount = CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                .get(0);
        directory = Files.createDirectory(
                Path.of(mount.point(), "bpfbay-swap-" + ProcessHandle.current().pid()));
        cgroup = scene.kept(ChainKernelTest.open(directory.toString())).number();
        place = new SwapPlace.Cgroup(directory.toString(), (Long) Files.getAttribute(directory, "unix:ino"), TYPE);
    }

    @AfterEach
    void remove_it() throws IOException {
        scene.close();
        Files.deleteIfExists(directory);
    }

    @Test
    void a_program_keeps_its_place_in_the_order() {
        Fd first = attached("first");
        Fd old = attached("old");
        Fd last = attached("last");
        Fd next = skb("next");
        OptionalLong revision = standing(old).revision();
        assertEquals(OptionalInt.of(2), standing(old).position());
        scene.swapper.replace(place, old, next, revision);
        assertEquals(List.of(SwapScene.id(first), SwapScene.id(next), SwapScene.id(last)), order());
    }

    @Test
    void a_revision_that_has_passed_is_a_conflict_where_the_kernel_counts_them() {
        Fd old = attached("old");
        Fd next = skb("next");
        OptionalLong revision = standing(old).revision();
        attached("meanwhile");
        if (revision.isPresent()) {
            assertThrows(KernelException.Conflict.class, () -> scene.swapper.replace(place, old, next, revision));
            scene.assertStands(place, old);
        }
        scene.replace(place, old, next);
        scene.assertStands(place, next);
    }

    @Test
    void a_program_that_is_not_there_is_a_conflict() {
        Fd old = attached("old");
        assertEquals(
                "BPF_PROG_ATTACH " + directory + "/cgroup_inet_egress: ESTALE — another program stands there now",
                scene.refused(KernelException.Conflict.class, place, skb("stranger"), skb("next"), old));
        assertEquals(List.of(SwapScene.id(old)), order());
    }

    @Test
    void a_program_that_a_link_holds_is_left_to_the_link() {
        Fd old = skb("old");
        scene.kept(RawBpf.createLink(old.number(), cgroup, EGRESS));
        scene.refused(KernelException.Held.class, place, old, skb("next"), old);
        assertEquals(List.of(SwapScene.id(old)), order());
    }

    @Test
    void a_list_that_has_become_exclusive_is_a_conflict() {
        Fd old = skb("old");
        RawBpf.attach(old.number(), cgroup, EGRESS, 0);
        Fd next = skb("next");
        KernelException.Conflict conflict =
                assertThrows(KernelException.Conflict.class, () -> scene.replace(place, old, next));
        assertEquals(
                "BPF_PROG_ATTACH " + directory
                        + "/cgroup_inet_egress: ESTALE — the cgroup's list is no longer BPF_F_ALLOW_MULTI",
                conflict.getMessage());
        assertEquals(List.of(SwapScene.id(old)), order());
    }

    @Test
    void a_removed_cgroup_is_gone() throws IOException {
        Fd old = attached("old");
        Fd next = skb("next");
        Files.delete(directory);
        KernelException.Gone gone = assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next));
        assertEquals("open " + directory + ": ENOENT — the cgroup is gone", gone.getMessage());
    }

    @Test
    void another_cgroup_of_the_same_name_is_not_the_one_that_was_meant() throws IOException {
        Fd old = attached("old");
        Fd next = skb("next");
        Files.delete(directory);
        Files.createDirectory(directory);
        assertThrows(KernelException.Gone.class, () -> scene.replace(place, old, next));
    }

    @Test
    void a_link_keeps_its_place_in_the_order() {
        Fd first = attached("first");
        Fd old = skb("old");
        Fd link = scene.kept(RawBpf.createLink(old.number(), cgroup, EGRESS));
        Fd last = attached("last");
        Fd next = skb("next");
        SwapPlace ofLink = new SwapPlace.OfLink(Primitive.CGROUP_LINK, SwapScene.id(link));
        scene.refused(KernelException.Conflict.class, ofLink, first, next, old);
        scene.replace(ofLink, old, next);
        scene.assertStands(ofLink, next);
        assertEquals(List.of(SwapScene.id(first), SwapScene.id(next), SwapScene.id(last)), order());
    }

    @Test
    void a_link_whose_cgroup_is_removed_is_gone() throws IOException {
        Fd old = skb("old");
        Fd link = scene.kept(RawBpf.createLink(old.number(), cgroup, EGRESS));
        SwapPlace ofLink = new SwapPlace.OfLink(Primitive.CGROUP_LINK, SwapScene.id(link));
        Files.delete(directory);
        /* the kernel lets go of a removed cgroup's programs a moment later */
        Fd next = skb("next");
        Fd current = old;
        for (boolean isGone = false; !isGone; ) {
            isGone = isGone(ofLink, current, next);
            Fd passed = current;
            current = next;
            next = passed;
        }
        assertThrows(KernelException.Gone.class, () -> scene.swapper.standing(ofLink, SwapScene.id(old)));
    }

    private boolean isGone(SwapPlace ofLink, Fd current, Fd next) {
        try {
            scene.replace(ofLink, current, next);
            return false;
        } catch (KernelException.Gone gone) {
            return true;
        }
    }

    private Fd attached(String name) {
        Fd program = skb(name);
        RawBpf.attach(program.number(), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        return program;
    }

    private Fd skb(String name) {
        return scene.program(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, EGRESS, name, 1);
    }

    private bpfbay.kernel.Swapper.Standing standing(Fd program) {
        return scene.swapper.standing(place, SwapScene.id(program));
    }

    private List<Integer> order() {
        return new CgroupSource()
                .cgroups(Set.of(RawBpf.BPF_PROG_TYPE_CGROUP_SKB)).chains().stream()
                        .filter(chain -> chain.path().endsWith(String.valueOf(directory.getFileName())))
                        .flatMap(chain -> chain.entries().stream().map(CgroupChain.Entry::progId))
                        .toList();
    }
}

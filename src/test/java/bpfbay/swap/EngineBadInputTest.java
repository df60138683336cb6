package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Candidates and refs that are something else: one clear line each, and nothing is left behind. */
@InNetns
class EngineBadInputTest {
    private static final Path HOME = Path.of(System.getProperty("bpfbay.home", "."));

    private EngineGround ground;
    private Staged staged;

    @BeforeEach
    void stage() {
        ground = new EngineGround();
        staged = ground.staged(Kind.XDP_LINK);
    }

    @AfterEach
    void clear() {
        ground.close();
    }

    private void assertNotUnderstood(String candidate, String line) {
        NotUnderstoodException e = assertThrows(
                NotUnderstoodException.class,
                () -> ground.real.plan(staged.old(), Candidate.parse(candidate), new ConfirmWindow.None()));
        assertEquals(candidate + ": " + line, e.getMessage());
        ground.assertStands(staged.old());
        ground.assertNothingLeft();
    }

    @Test
    void an_id_that_is_a_map() {
        int map = mapBeyondEveryProgram();
        String id = Integer.toUnsignedString(RawBpf.id(map));
        assertNotUnderstood("prog:" + id, "no such program, that is a map");
        RawBpf.closeAll(map);
    }

    /* ids of programs and of maps are counted apart */
    private static int mapBeyondEveryProgram() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "bad_input");
        while (isProgram(RawBpf.id(map))) {
            int next = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "bad_input");
            RawBpf.closeAll(map);
            map = next;
        }
        return map;
    }

    private static boolean isProgram(int id) {
        try {
            LibbpfSwapper.open().program(id).close();
            return true;
        } catch (KernelException.Gone none) {
            return false;
        }
    }

    @Test
    void an_id_that_is_gone() {
        int gone = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "gone", 2);
        int id = RawBpf.id(gone);
        RawBpf.closeAll(gone);
        EngineGround.await(() -> !isProgram(id));
        NotUnderstoodException e = assertThrows(
                NotUnderstoodException.class, () -> ground.real.plan(staged.old(), id, new ConfirmWindow.None()));
        assertTrue(e.getMessage().startsWith("prog:" + Integer.toUnsignedString(id) + ": no such program"));
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void pins_of_maps_and_links_folders_files_and_nothing() throws IOException {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "bad_input");
        RawBpf.pin(map, "/sys/fs/bpf/map");
        RawBpf.closeAll(map);
        ground.pinLink(Kind.XDP_LINK, EngineGround.PINS.resolve("link"));
        Files.createDirectory(EngineGround.PINS.resolve("folder"));
        Path file = Files.writeString(ground.folder.resolve("file"), "text");
        assertNotUnderstood("pin:/sys/fs/bpf/map", "it pins a map, not a program");
        assertNotUnderstood("pin:/sys/fs/bpf/link", "it pins a link, not a program");
        for (String path : List.of("/sys/fs/bpf/folder", file.toString(), "/sys/fs/bpf/none")) {
            NotUnderstoodException e = assertThrows(
                    NotUnderstoodException.class,
                    () -> ground.real.plan(staged.old(), Candidate.parse("pin:" + path), new ConfirmWindow.None()));
            assertTrue(e.getMessage().startsWith("pin:" + path + ": BPF_OBJ_GET " + path + ": E"), e.getMessage());
            assertEquals(1, e.getMessage().lines().count());
        }
        EngineGround.delete(EngineGround.PINS.resolve("link"));
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void files_that_are_no_object() throws IOException {
        Path text = Files.writeString(ground.folder.resolve("file.o"), "text");
        for (Path path : List.of(
                text,
                ground.folder,
                Path.of("/dev/zero"),
                HOME.resolve("target/native/guard"),
                ground.folder.resolve("none.o"))) {
            NotUnderstoodException e = assertThrows(
                    NotUnderstoodException.class,
                    () -> ground.real.plan(staged.old(), Candidate.parse("obj:" + path), new ConfirmWindow.None()));
            assertTrue(e.getMessage().startsWith("obj:" + path + ": open " + path + ": E"), e.getMessage());
            assertEquals(1, e.getMessage().lines().count());
        }
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void refs_at_which_nothing_stands() {
        for (String ref :
                List.of("nowhere/xdp", Kind.XDP_LINK.device() + "/tcx/ingress/1", "cgroup:/none/inet_ingress/1")) {
            assertThrows(
                    NotUnderstoodException.class,
                    () -> ground.engine.plan(
                            SwapRequest.of(Ref.parse(ref), new Candidate.OfProgram(staged.next())),
                            ground.real.look()));
        }
        ground.assertNothingLeft();
    }

    @Tag("host")
    @Test
    void one_filter_of_a_shared_block_by_two_of_its_devices() {
        int filter = RawBpf.id(ground.loaded(Kind.FILTER, "shared"));
        int next = RawBpf.id(ground.loaded(Kind.FILTER, "other"));
        Tool.run("ip", "link", "add", "blocked1", "type", "veth", "peer", "name", "blocked2");
        for (String device : List.of("blocked1", "blocked2")) {
            Tool.run("tc", "qdisc", "add", "dev", device, "ingress_block", "22", "clsact");
        }
        Tool.run(("tc filter add block 22 prio 7 handle 3 bpf da pinned " + EngineGround.pin(Kind.FILTER, "shared"))
                .split(" "));
        Snapshot now = ground.real.look();
        List<Ref> refs = now.attachments().stream()
                .filter(a -> a.progId().equals(OptionalInt.of(filter)))
                .map(a -> Ref.parse(a.ref()))
                .toList();
        assertEquals(2, refs.size(), refs::toString);
        SwapRequest request = SwapRequest.of(new SwapRequest.Target.Named(refs), new Candidate.OfProgram(next));
        NotUnderstoodException e = assertThrows(NotUnderstoodException.class, () -> ground.engine.plan(request, now));
        assertTrue(e.getMessage().endsWith(": it is named twice"), e.getMessage());
    }

    @Tag("host")
    @Test
    void a_program_that_does_not_fit_the_hook_is_refused_in_one_line() {
        int classifier = RawBpf.id(ground.loaded(Kind.FILTER, "classifier"));
        try (PreparedSwap prepared = ground.real.plan(staged.old(), classifier, new ConfirmWindow.None())) {
            SwapOutcome refused = ground.real.commit(prepared);
            assertInstanceOf(SwapOutcome.Refused.class, refused, refused::toString);
            assertEquals(1, refused.why().lines().count());
        }
        ground.assertStands(staged.old());
        ground.assertNothingLeft();
    }

    /* on a link the kernel itself would take it: seen on 6.18 */
    @Test
    void a_program_that_was_loaded_for_another_device_is_refused_before_or_by_the_kernel() {
        Tool.run("ip", "link", "add", "elsewhere", "type", "veth", "peer", "name", "elsewherepeer");
        int bound = RawBpf.loadXdpFor(EngineGround.ifindex("elsewhere"), "bound");
        int candidate = RawBpf.id(bound);
        try (PreparedSwap prepared = ground.real.plan(staged.old(), candidate, new ConfirmWindow.None())) {
            SwapOutcome refused = ground.real.commit(prepared);
            assertInstanceOf(SwapOutcome.Refused.class, refused, refused::toString);
            assertTrue(refused.why().contains("a link would take it on any device"), refused::toString);
            assertEquals(1, refused.why().lines().count());
        }
        ground.assertStands(staged.old());
        Tool.run("ip", "link", "add", "native", "type", "veth", "peer", "name", "nativepeer");
        Tool.run("ip", "link", "set", "native", "xdpdrv", "pinned", EngineGround.PINS + "/XDP_LINK_next");
        try (PreparedSwap prepared = ground.real.plan(staged.next(), candidate, new ConfirmWindow.None())) {
            SwapOutcome failed = ground.real.commit(prepared);
            assertInstanceOf(SwapOutcome.Failed.class, failed, failed::toString);
            assertTrue(failed.why().contains("EINVAL — Program bound to different device"), failed::toString);
        }
        ground.assertStands(staged.next());
        RawBpf.closeAll(bound);
        ground.assertNothingLeft();
    }
}

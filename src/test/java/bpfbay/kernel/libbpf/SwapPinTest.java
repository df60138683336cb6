package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper.Slot;
import bpfbay.model.ObjectId;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps the way back: descriptors, pins, and the slots of program arrays. */
@InNetns
class SwapPinTest {
    private static final int BPF_MAP_TYPE_PROG_ARRAY = 3;
    private static final Path PIN = Path.of("/sys/fs/bpf/pin");

    private final SwapScene scene = new SwapScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_descriptor_says_what_it_holds() {
        Fd program = scene.xdp("one");
        Fd map = scene.kept(RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "map"));
        Fd link = scene.kept(RawBpf.createLink(program.number(), 1, RawBpf.BPF_XDP));
        assertEquals(ObjectId.prog(SwapScene.id(program)), scene.swapper.identify(program));
        assertEquals(ObjectId.map(SwapScene.id(map)), scene.swapper.identify(map));
        assertEquals(ObjectId.link(SwapScene.id(link)), scene.swapper.identify(link));
    }

    @Test
    void a_renewed_pin_names_the_other_and_keeps_its_mode() throws IOException {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        scene.swapper.pin(old, PIN);
        Files.setPosixFilePermissions(PIN, PosixFilePermissions.fromString("rw-rw----"));
        scene.swapper.renewPin(next, PIN);
        assertEquals(ObjectId.prog(SwapScene.id(next)), scene.swapper.pinned(PIN));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(PIN)));
        assertEquals(PIN + "\n", Tool.run("find", "/sys/fs/bpf", "-name", "pin*"));
    }

    @Test
    void a_pin_names_something_at_every_moment_of_being_renewed() throws InterruptedException {
        Fd old = scene.xdp("old");
        Fd next = scene.xdp("next");
        scene.swapper.pin(old, PIN);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger misses = new AtomicInteger();
        Thread reader = new Thread(() -> {
            LibbpfSwapper another = LibbpfSwapper.open();
            while (!isOver.get()) {
                try {
                    another.pinned(PIN);
                } catch (KernelException missing) {
                    misses.incrementAndGet();
                }
                looks.incrementAndGet();
            }
        });
        reader.start();
        for (int i = 0; i < 2000 || looks.get() < 100; i++) {
            scene.swapper.renewPin(i % 2 == 0 ? next : old, PIN);
        }
        isOver.set(true);
        reader.join();
        assertEquals(0, misses.get());
    }

    @Test
    void what_is_not_there_is_never_made_by_renewing() {
        Fd program = scene.xdp("one");
        KernelException.Gone gone =
                assertThrows(KernelException.Gone.class, () -> scene.swapper.renewPin(program, PIN));
        assertEquals("BPF_OBJ_PIN /sys/fs/bpf/pin: ENOENT — there is no such pin", gone.getMessage());
        assertEquals(false, Files.exists(PIN));
    }

    @Tag("host")
    @Test
    void a_taken_name_is_a_conflict() {
        Fd program = scene.xdp("one");
        scene.swapper.pin(program, PIN);
        assertThrows(KernelException.Conflict.class, () -> scene.swapper.pin(program, PIN));
    }

    @Tag("host")
    @Test
    void what_is_no_pin_says_so() {
        assertEquals(
                "BPF_OBJ_GET /sys/fs/bpf/nothing: ENOENT — there is no such file",
                assertThrows(KernelException.Gone.class, () -> scene.swapper.pinned(Path.of("/sys/fs/bpf/nothing")))
                        .getMessage());
        for (String path : List.of("/sys/fs/bpf", "/etc/hostname", "/dev/null", "/proc")) {
            KernelException refusal =
                    assertThrows(KernelException.class, () -> scene.swapper.pinned(Path.of(path)), path);
            assertEquals(KernelException.class, refusal.getClass(), path);
        }
    }

    @Tag("host")
    @Test
    void the_folder_of_our_pins_is_for_the_owner_alone() throws IOException {
        Path folder = scene.swapper.pinFolder();
        assertEquals(Path.of("/sys/fs/bpf/bpfbay"), folder);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertEquals(folder, scene.swapper.pinFolder());
        scene.swapper.pin(scene.xdp("one"), folder.resolve("one"));
    }

    @Tag("host")
    @Test
    void where_no_bpffs_is_one_is_mounted_apart() {
        Tool.run("umount", "/sys/fs/bpf");
        /* a host may have mounted several on one another */
        while (Tool.attempt("umount", "/sys/fs/bpf").status() == 0) {
            Thread.onSpinWait();
        }
        Tool.run("mount", "-t", "tmpfs", "none", "/run");
        Path folder = scene.swapper.pinFolder();
        assertEquals(Path.of("/run/bpfbay/bpf/bpfbay"), folder);
        scene.swapper.pin(scene.xdp("one"), folder.resolve("one"));
        assertEquals(folder, scene.swapper.pinFolder());
    }

    @Tag("host")
    @Test
    void the_used_slots_of_a_program_array_are_read() {
        Fd first = scene.xdp("first");
        Fd second = scene.xdp("second");
        Fd array = scene.kept(RawBpf.createMap(BPF_MAP_TYPE_PROG_ARRAY, 4, 4, 8, "slots"));
        assertEquals(List.of(), scene.swapper.slots(array));
        RawBpf.updateElement(array.number(), number(2), number(first.number()));
        RawBpf.updateElement(array.number(), number(7), number(second.number()));
        assertEquals(
                List.of(new Slot(2, SwapScene.id(first)), new Slot(7, SwapScene.id(second))),
                scene.swapper.slots(array));
    }

    @Tag("host")
    @Test
    void a_program_array_keeps_its_slots_while_it_is_held() {
        Fd target = scene.xdp("target");
        int array = RawBpf.createMap(BPF_MAP_TYPE_PROG_ARRAY, 4, 4, 1, "slots");
        RawBpf.updateElement(array, number(0), number(target.number()));
        try (Fd held = scene.swapper.map(RawBpf.id(array))) {
            RawBpf.closeAll(array);
            assertEquals(List.of(new Slot(0, SwapScene.id(target))), scene.swapper.slots(held));
        }
    }

    @Tag("host")
    @Test
    void a_program_that_is_gone_is_gone() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "brief", 2);
        int id = RawBpf.id(fd);
        RawBpf.closeAll(fd);
        assertThrows(KernelException.Gone.class, () -> scene.swapper.program(id));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}

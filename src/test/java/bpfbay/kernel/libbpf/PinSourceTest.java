package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@InNetns
class PinSourceTest {
    private static final String BPFFS = "/sys/fs/bpf/";

    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
    private int map;

    @BeforeEach
    void make_a_map() {
        map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
    }

    @AfterEach
    void close() {
        RawBpf.closeAll(map);
        kernel.close();
    }

    @Test
    void pins_of_each_kind_are_found_in_directories_below() throws IOException {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        int link = RawBpf.createLink(prog, 1, RawBpf.BPF_XDP);
        Files.createDirectories(Path.of(BPFFS + "fw/deep"));
        RawBpf.pin(map, BPFFS + "m");
        RawBpf.pin(prog, BPFFS + "fw/p");
        RawBpf.pin(link, BPFFS + "fw/deep/l");
        assertEquals(ObjectId.map(RawBpf.id(map)), pin(BPFFS + "m").object());
        assertEquals(ObjectId.prog(RawBpf.id(prog)), pin(BPFFS + "fw/p").object());
        assertEquals(ObjectId.link(RawBpf.id(link)), pin(BPFFS + "fw/deep/l").object());
        RawBpf.closeAll(link, prog);
    }

    @Test
    void an_unchanged_answer_is_the_same_instance() {
        RawBpf.pin(map, BPFFS + "m");
        kernel.pins();
        assertSame(kernel.pins(), kernel.pins());
    }

    @Test
    void what_is_pinned_renamed_and_unpinned_right_after_a_look_is_seen() throws IOException {
        for (int i = 0; i < 50; i++) {
            RawBpf.pin(map, BPFFS + "a");
            assertEquals(List.of(BPFFS + "a"), paths());
            Files.move(Path.of(BPFFS + "a"), Path.of(BPFFS + "b"));
            assertEquals(List.of(BPFFS + "b"), paths());
            Files.delete(Path.of(BPFFS + "b"));
            assertEquals(List.of(), paths());
        }
    }

    @Test
    void a_removed_directory_takes_its_pins_along() throws IOException {
        Files.createDirectories(Path.of(BPFFS + "fw/deep"));
        RawBpf.pin(map, BPFFS + "fw/deep/m");
        assertEquals(List.of(BPFFS + "fw/deep/m"), paths());
        Files.move(Path.of(BPFFS + "fw/deep"), Path.of(BPFFS + "moved"));
        assertEquals(List.of(BPFFS + "moved/m"), paths());
        Files.delete(Path.of(BPFFS + "moved/m"));
        Files.delete(Path.of(BPFFS + "moved"));
        assertEquals(List.of(), paths());
    }

    @Tag("host")
    @Test
    void a_path_keeps_bytes_that_are_not_utf8() {
        byte[] path = (BPFFS + "a\033X").getBytes(StandardCharsets.ISO_8859_1);
        path[path.length - 1] = (byte) 0xff;
        RawBpf.pin(map, path);
        assertEquals(List.of(BPFFS + "a\033\udcff"), paths());
    }

    @Tag("host")
    @Test
    void a_replaced_pin_names_the_new_object() throws IOException {
        RawBpf.pin(map, BPFFS + "m");
        assertEquals(ObjectId.map(RawBpf.id(map)), pin(BPFFS + "m").object());
        int other = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "other");
        RawBpf.pin(other, BPFFS + "tmp");
        Tool.run("mv", "-f", BPFFS + "tmp", BPFFS + "m");
        assertEquals(ObjectId.map(RawBpf.id(other)), pin(BPFFS + "m").object());
        RawBpf.closeAll(other);
    }

    @Tag("host")
    @Test
    void a_bpffs_mounted_twice_is_shown_once() throws IOException {
        RawBpf.pin(map, BPFFS + "m");
        Path second = Files.createTempDirectory("bpffs");
        Tool.run("mount", "--bind", BPFFS, second.toString());
        assertEquals(List.of(BPFFS + "m"), paths());
        Tool.run("umount", second.toString());
        Files.delete(second);
    }

    @Tag("host")
    @Test
    void a_hidden_bpffs_is_a_problem_and_shows_again_when_it_is_bare() {
        RawBpf.pin(map, BPFFS + "m");
        Tool.run("mount", "-t", "bpf", "bpf", "/sys/fs/bpf");
        assertEquals(List.of(), paths());
        assertTrue(kernel.pins().problems().stream()
                .anyMatch(problem -> problem.object().equals("/sys/fs/bpf")));
        Tool.run("umount", "/sys/fs/bpf");
        assertEquals(List.of(BPFFS + "m"), paths());
        assertEquals(List.of(), kernel.pins().problems());
    }

    @Tag("host")
    @Test
    void a_process_that_hides_leaves_no_gap_where_its_bpffs_is_seen() {
        assertEquals("[]", NamespacesProgram.unseen("pins", "unshare --mount sh"));
    }

    @Tag("host")
    @Test
    void a_process_that_hides_leaves_no_gap_where_it_has_no_bpffs() {
        assertEquals("[]", NamespacesProgram.unseen("pins", inMounts("umount --all --types bpf")));
    }

    @Tag("host")
    @Test
    void a_process_that_hides_with_a_bpffs_of_its_own_is_a_gap() {
        assertEquals(
                "[/proc/*/root of 1 process]",
                NamespacesProgram.unseen("pins", inMounts("mount --types bpf bpf /sys/fs/bpf")));
    }

    private static String inMounts(String change) {
        return "unshare --mount sh -c '" + change + "; exec sh \"$@\"' sh";
    }

    @Tag("host")
    @Test
    void a_bpffs_of_another_mount_namespace_is_reached_through_a_process_in_it() throws Exception {
        RawBpf.pin(map, BPFFS + "m");
        int before = kernel.pins().items().size();
        // bash waits on its input, which ends with the test
        Process other = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "bash",
                        "-c",
                        "mount -t bpf bpf /sys/fs/bpf && mkdir /sys/fs/bpf/inner && echo ready && read")
                .start();
        assertEquals("ready", other.inputReader().readLine());
        String inner = "/proc/" + other.pid() + "/root/sys/fs/bpf/inner";
        RawBpf.pin(map, inner + "/m");
        kernel.namespaces();
        assertEquals(before + 1, kernel.pins().items().size());
        assertEquals(ObjectId.map(RawBpf.id(map)), pin(inner + "/m").object());
        assertNotSame(pin(inner + "/m").mount(), pin(BPFFS + "m").mount());
        other.outputWriter().close();
        other.waitFor();
        other.inputReader().close();
        kernel.namespaces();
        assertEquals(before, kernel.pins().items().size());
    }

    private List<String> paths() {
        return kernel.pins().items().stream()
                .map(Pin::path)
                .filter(path -> path.startsWith(BPFFS))
                .toList();
    }

    private Pin pin(String path) {
        return kernel.pins().items().stream()
                .filter(pin -> pin.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not among " + kernel.pins()));
    }
}

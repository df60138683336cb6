package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.AttachType;
import bpfbay.model.CgroupChain;
import bpfbay.model.CgroupView;
import bpfbay.model.ShellQuote;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs of cgroups as bpftool sees them, in a cgroup of the test's own. */
@InNetns
class CgroupKernelTest {
    private static final int INGRESS = AttachType.CGROUP_INET_INGRESS.value();
    private static final int EGRESS = AttachType.CGROUP_INET_EGRESS.value();
    private static final int BPF_F_ALLOW_OVERRIDE = 1;
    private static final int BPF_F_ALLOW_MULTI = 2;
    private static final Set<Integer> TYPES = Set.of(RawBpf.BPF_PROG_TYPE_CGROUP_SKB);

    private final List<Integer> fds = new ArrayList<>();
    private Path directory = Path.of("");
    private int cgroup;

    @BeforeEach
    void make_a_cgroup() throws IOException {
        CgroupMount mount = CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                .get(0);
        directory = Files.createDirectory(
                Path.of(mount.point(), "bpfbay-test-" + ProcessHandle.current().pid()));
        cgroup = kept(ChainKernelTest.open(directory.toString()));
    }

    @AfterEach
    void remove_it() {
        RawBpf.closeAll(fds.stream().mapToInt(Integer::intValue).toArray());
        Tool.run("find", directory.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }

    @Test
    void several_programs_stand_in_running_order_with_their_flags() {
        int first = skb("first");
        int second = skb("second");
        RawBpf.attach(first, cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        RawBpf.attach(second, cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        kept(RawBpf.createLink(first, cgroup, INGRESS));
        List<CgroupChain> chains = chains();
        assertEquals(
                List.of("cgroup_inet_ingress", "cgroup_inet_egress"),
                chains.stream().map(chain -> chain.attachType().label()).toList());
        assertEquals(
                List.of(RawBpf.id(first), RawBpf.id(second)),
                chains.get(1).entries().stream().map(CgroupChain.Entry::progId).toList());
        assertEquals(BPF_F_ALLOW_MULTI, chains.get(1).flags());
        assertEquals(shownByBpftool(), seen(chains));
    }

    @Test
    void exclusive_and_override_are_told_apart() {
        RawBpf.attach(skb("exclusive"), cgroup, EGRESS, 0);
        RawBpf.attach(skb("override"), cgroup, INGRESS, BPF_F_ALLOW_OVERRIDE);
        assertEquals(
                List.of(BPF_F_ALLOW_OVERRIDE, 0),
                chains().stream().map(CgroupChain::flags).toList());
        assertEquals(shownByBpftool(), seen(chains()));
    }

    @Test
    void a_revision_grows_where_the_kernel_has_one() {
        RawBpf.attach(skb("first"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        var before = chains().get(0).revision();
        RawBpf.attach(skb("second"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        var after = chains().get(0).revision();
        before.found()
                .ifPresentOrElse(
                        number -> assertEquals(number + 1, after.found().orElseThrow()),
                        () -> assertEquals("needs Linux 6.17", after.reason()));
    }

    @Test
    void a_child_has_only_what_is_attached_to_itself_and_any_name() throws IOException {
        Path child = Files.createDirectory(directory.resolve("a b\u001b[31m"));
        Tool.run("bash", "-c", "mkdir " + directory + "/$'raw\\xff'");
        RawBpf.attach(skb("above"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        CgroupView view = new CgroupSource().cgroups(TYPES);
        String path = pathOf(directory);
        assertEquals(path + "/a b\u001b[31m", view.paths().get(inode(child)));
        assertTrue(view.paths().containsValue(path + "/raw\udcff"));
        assertEquals(
                List.of(path),
                view.chains().stream()
                        .map(CgroupChain::path)
                        .filter(p -> p.startsWith(path))
                        .toList());
    }

    @Test
    void a_cgroups_id_is_the_inode_of_its_directory() throws IOException {
        RawBpf.attach(skb("first"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        assertEquals(inode(directory), chains().get(0).cgroupId());
    }

    @Test
    void a_shell_finds_the_directory_wherever_it_is_mounted() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("it's odd"));
        assertEquals(inode(odd), inodeInShell(pathOf(odd)));
        assertEquals(inode(Path.of(mountPoint())), inodeInShell("/"));
    }

    private static long inodeInShell(String path) {
        return Long.parseLong(
                Tool.run("sh", "-c", "stat -c %i " + ShellQuote.cgroup(path)).trim());
    }

    @Test
    void a_deep_hierarchy_is_walked_to_its_end() throws IOException {
        List<Path> levels = new ArrayList<>(List.of(directory));
        for (int i = 1; i <= 60; i++) {
            levels.add(Files.createDirectory(levels.get(i - 1).resolve("level" + i)));
        }
        Path deepest = levels.get(60);
        assertEquals(pathOf(deepest), new CgroupSource().cgroups(TYPES).paths().get(inode(deepest)));
    }

    @Test
    void cgroups_that_come_and_go_while_they_are_read_do_no_harm() throws IOException {
        Process churn = new ProcessBuilder(
                        "bash",
                        "-c",
                        "cd " + directory
                                + "; while read -t 0; test $? -ne 0; do mkdir -p a/b/c; rmdir a/b/c a/b a; done")
                .start();
        CgroupSource source = new CgroupSource();
        for (int i = 0; i < 300; i++) {
            assertEquals(List.of(), source.cgroups(TYPES).problems());
        }
        churn.getOutputStream().close();
        churn.onExit().join();
    }

    @Test
    void without_a_program_that_fits_nothing_is_walked() {
        RawBpf.attach(skb("first"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        assertEquals(List.of(), new CgroupSource().cgroups(Set.of(3, 6)).chains());
        assertTrue(new CgroupSource().cgroups(Set.of(3, 6)).paths().isEmpty());
    }

    @Test
    void what_was_walked_once_still_is_when_the_last_such_program_went() throws IOException {
        RawBpf.attach(skb("first"), cgroup, EGRESS, BPF_F_ALLOW_MULTI);
        CgroupSource source = new CgroupSource();
        assertTrue(source.cgroups(TYPES).paths().containsKey(inode(directory)));
        CgroupView after = source.cgroups(Set.of(3, 6));
        assertEquals(List.of(), after.chains());
        assertTrue(after.paths().containsKey(inode(directory)));
    }

    private int skb(String name) {
        return kept(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_CGROUP_SKB, EGRESS, name, 1));
    }

    private int kept(int fd) {
        fds.add(fd);
        return fd;
    }

    private List<CgroupChain> chains() {
        return new CgroupSource()
                .cgroups(TYPES).chains().stream()
                        .filter(chain -> chain.path().equals(pathOf(directory)))
                        .toList();
    }

    private static String pathOf(Path directory) {
        CgroupMount mount = new CgroupMount("", "");
        return mount.pathOf(directory.toString().substring(mountPoint().length() + 1));
    }

    private static String mountPoint() {
        try {
            return CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                    .get(0)
                    .point();
        } catch (IOException noProc) {
            throw new java.io.UncheckedIOException(noProc);
        }
    }

    private static long inode(Path path) throws IOException {
        return (Long) Files.getAttribute(path, "unix:ino");
    }

    private static List<String> seen(List<CgroupChain> chains) {
        return chains.stream()
                .flatMap(chain -> chain.entries().stream()
                        .map(entry -> entry.progId() + " " + chain.attachType().label() + " "
                                + switch (chain.flags()) {
                                    case BPF_F_ALLOW_MULTI -> "multi";
                                    case BPF_F_ALLOW_OVERRIDE -> "override";
                                    default -> "";
                                }))
                .toList();
    }

    private List<String> shownByBpftool() {
        List<String> shown = new ArrayList<>();
        for (JsonElement element : Tool.json("bpftool", "-j", "cgroup", "show", directory.toString())
                .getAsJsonArray()) {
            JsonObject program = element.getAsJsonObject();
            shown.add(program.get("id").getAsInt() + " "
                    + program.get("attach_type").getAsString() + " "
                    + program.get("attach_flags").getAsString());
        }
        return shown;
    }
}

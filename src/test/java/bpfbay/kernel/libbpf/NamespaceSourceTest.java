package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Loading;
import bpfbay.model.NetNamespace;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@InNetns
class NamespaceSourceTest {
    private static final String NAME = "bpfbay-ns-" + ProcessHandle.current().pid();

    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void the_own_namespace_is_this_threads_and_comes_first() throws IOException {
        NetNamespace own = kernel.namespaces().items().get(0);
        assertTrue(own.isOwn());
        assertEquals(inode("/proc/thread-self/ns/net"), own.inode());
        assertNotEquals(inode("/proc/self/ns/net"), own.inode());
        assertEquals(
                1,
                kernel.namespaces().items().stream().filter(NetNamespace::isOwn).count());
    }

    @Test
    void the_namespace_of_other_processes_is_among_them() throws IOException {
        long first = inode("/proc/self/ns/net");
        assertTrue(kernel.namespaces().items().stream().anyMatch(ns -> ns.inode() == first));
    }

    @Test
    void a_named_namespace_has_its_name_and_comes_and_goes() {
        Tool.run("ip", "netns", "add", NAME);
        try {
            NetNamespace named = named().orElseThrow();
            assertEquals("/run/netns/" + NAME, named.path());
            assertEquals(NAME, named.label());
            assertTrue(named.cookie().isPresent());
            assertNotEquals(kernel.namespaces().items().get(0).cookie(), named.cookie());
        } finally {
            Tool.run("ip", "netns", "del", NAME);
        }
        assertTrue(named().isEmpty());
    }

    @Test
    void a_namespace_that_only_a_mount_keeps_is_found() throws Exception {
        Path file = Files.createTempFile("netns", "");
        Tool.run("unshare", "--net=" + file, "true");
        long inode = (Long) Files.getAttribute(file, "unix:ino");
        NetNamespace found = kernel.namespaces().items().stream()
                .filter(ns -> ns.inode() == inode)
                .findFirst()
                .orElseThrow();
        assertEquals(file.toString(), found.path());
        Tool.run("umount", file.toString());
        Files.delete(file);
    }

    /** Without a word in this: a kernel may hide a process from everybody, and its namespace be well known. */
    @Tag("host")
    @Test
    void a_process_that_hides_leaves_no_gap_where_its_namespace_is_seen() {
        assertEquals("[]", NamespacesProgram.unseen("namespaces", "sh"));
    }

    @Tag("host")
    @Test
    void a_process_that_hides_in_a_namespace_of_its_own_is_a_gap() {
        assertEquals("[/proc/*/ns/net of 1 process]", NamespacesProgram.unseen("namespaces", "unshare --net sh"));
    }

    @Test
    void asking_leaves_the_thread_where_it_was() throws IOException {
        long before = inode("/proc/thread-self/ns/net");
        kernel.namespaces();
        assertEquals(before, inode("/proc/thread-self/ns/net"));
    }

    @Test
    void an_unchanged_answer_is_the_same_instance() {
        kernel.namespaces();
        assertSame(kernel.namespaces(), kernel.namespaces());
    }

    private Optional<NetNamespace> named() {
        return kernel.namespaces().items().stream()
                .filter(ns -> ns.names().equals(List.of(NAME)))
                .findFirst();
    }

    private static long inode(String path) throws IOException {
        return (Long) Files.getAttribute(Path.of(path), "unix:ino");
    }
}

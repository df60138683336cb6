package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Attacher.Filter;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.ProgType;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What attaching says when the kernel says no; what it does is seen in the lab's tests. */
@InNetns
class AttacherTest {
    private final Loader loader = LibbpfLoader.open();
    private Attacher attacher;
    private LoadedObject firewall;
    private Device veth;

    @BeforeEach
    void open() {
        Tool.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        attacher = loader.attacher(Path.of("/proc/thread-self/ns/net"));
        firewall = loader.load(loader.ownObject("xdp_fw"));
        veth = attacher.device("v0");
    }

    @AfterEach
    void close() {
        firewall.close();
        attacher.close();
    }

    @Test
    void netlink_says_in_the_kernels_words_that_a_link_holds_the_hook() {
        try (Fd link = attacher.xdpLink(firewall.program(), veth, XdpMode.NATIVE)) {
            KernelException.Held held = assertThrows(
                    KernelException.Held.class, () -> attacher.xdp(firewall.program(), veth, XdpMode.NATIVE));
            assertEquals("RTM_SETLINK v0/xdp: EBUSY — Can't replace active BPF XDP link", held.getMessage());
            assertTrue(link.number() > 2);
        }
    }

    @Test
    void netlink_never_takes_the_place_of_another_program() {
        attacher.xdp(firewall.program(), veth, XdpMode.NATIVE);
        KernelException.Held held =
                assertThrows(KernelException.Held.class, () -> attacher.xdp(firewall.program(), veth, XdpMode.NATIVE));
        assertEquals("RTM_SETLINK v0/xdp: EBUSY — XDP program already attached", held.getMessage());
    }

    @Test
    void a_filter_never_takes_the_place_of_another() {
        try (LoadedObject classify = loader.load(loader.ownObject("tc_classify"))) {
            Filter filter = new Filter(veth, TcParent.INGRESS, 0, 1, 3, 0x1, "edge_classify");
            attacher.clsact(veth);
            attacher.clsact(veth);
            attacher.filter(classify.program(), filter);
            KernelException.Conflict conflict =
                    assertThrows(KernelException.Conflict.class, () -> attacher.filter(classify.program(), filter));
            assertEquals("RTM_NEWTFILTER v0/tc/ingress/1:0x1: EEXIST — Filter already exists", conflict.getMessage());
        }
    }

    @Test
    void a_filter_without_a_qdisc_is_refused_in_the_kernels_words() {
        try (LoadedObject classify = loader.load(loader.ownObject("tc_classify"))) {
            Filter filter = new Filter(veth, TcParent.EGRESS, 0, 1, 3, 0x1, "edge_classify");
            KernelException refused =
                    assertThrows(KernelException.class, () -> attacher.filter(classify.program(), filter));
            assertEquals(
                    "RTM_NEWTFILTER v0/tc/egress/1:0x1: EINVAL — Parent Qdisc doesn't exists", refused.getMessage());
        }
    }

    @Tag("host")
    @Test
    void a_device_that_is_not_there_is_gone() {
        KernelException.Gone gone = assertThrows(KernelException.Gone.class, () -> attacher.device("nowhere0"));
        assertEquals("if_nametoindex nowhere0: ENODEV — the namespace has no such device", gone.getMessage());
    }

    @Tag("host")
    @Test
    void a_pin_needs_a_free_name_without_a_dot() {
        attacher.pin(firewall.program(), Path.of("/sys/fs/bpf/fw"));
        assertEquals(
                "BPF_OBJ_PIN /sys/fs/bpf/fw: EEXIST — the name is taken",
                assertThrows(KernelException.class, () -> attacher.pin(firewall.program(), Path.of("/sys/fs/bpf/fw")))
                        .getMessage());
        assertEquals(
                "BPF_OBJ_PIN /sys/fs/bpf/f.w: EPERM — not on a bpffs, or the name holds a dot",
                assertThrows(KernelException.class, () -> attacher.pin(firewall.program(), Path.of("/sys/fs/bpf/f.w")))
                        .getMessage());
    }

    @Tag("host")
    @Test
    void the_verifiers_words_are_kept() {
        /* the context of connect4 is longer than that of XDP */
        KernelException.Rejected rejected = assertThrows(
                KernelException.Rejected.class,
                () -> loader.load(loader.ownObject("cgroup_connect4"), ProgType.XDP, AttachType.XDP));
        assertTrue(rejected.verifierLog().contains("invalid bpf_context access"), rejected.verifierLog());
        assertTrue(
                String.valueOf(rejected.getMessage())
                        .startsWith("BPF_PROG_LOAD cgroup_connect4.bpf.o: EACCES — invalid bpf_context access"),
                rejected.getMessage());
    }

    @Tag("host")
    @Test
    void a_file_that_is_not_there_is_named() {
        KernelException missing = assertThrows(KernelException.class, () -> loader.load(Path.of("/nowhere/fw.o")));
        assertEquals("open /nowhere/fw.o: ENOENT — there is no such object file", missing.getMessage());
    }
}

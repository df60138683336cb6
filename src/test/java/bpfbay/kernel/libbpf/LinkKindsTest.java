package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Direction;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.ProgType;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link of each kind that can be made, with bpftool as the witness for what it can show. */
@InNetns
class LinkKindsTest {
    private final Loader loader = LibbpfLoader.open();
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
    private Attacher attacher;

    @BeforeEach
    void open() {
        attacher = loader.attacher(Path.of("/proc/thread-self/ns/net"));
    }

    @AfterEach
    void close() {
        attacher.close();
        kernel.close();
    }

    @Test
    void a_netns_link_names_the_namespace() throws Exception {
        try (LoadedObject steer = load("netns_sk_lookup");
                Fd fd = attacher.netnsLink(steer.program(), AttachType.SK_LOOKUP)) {
            Link link = link(fd, LinkType.NETNS);
            long inode = (Long) Files.getAttribute(Path.of("/proc/thread-self/ns/net"), "unix:ino");
            assertEquals(new AttachTarget.Netns(inode), link.target());
            assertEquals(inode, witness(link).get("netns_ino").getAsLong());
            assertEquals("sk_lookup", link.attachType().orElseThrow().label());
        }
    }

    @Test
    void a_netfilter_link_has_its_hook_and_priority() {
        try (LoadedObject count =
                        loader.load(loader.ownObject("netfilter_count"), ProgType.NETFILTER, AttachType.NETFILTER);
                Fd fd = attacher.netfilterLink(count.program(), 2, 1, -128)) {
            Link link = link(fd, LinkType.NETFILTER);
            assertEquals("netfilter ipv4 input prio -128", link.target().label());
        }
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_tcx_link_has_its_direction_and_device() {
        try (LoadedObject object = load("tcx_from_net");
                Fd fd = attacher.tcxLink(object.program(), attacher.device("lo"), Direction.EGRESS)) {
            Link link = link(fd, LinkType.TCX);
            assertEquals(Optional.of(AttachType.TCX_EGRESS), link.attachType());
            assertEquals(
                    1,
                    assertInstanceOf(AttachTarget.Netdev.class, link.target()).ifindex());
        }
    }

    @Test
    @InNetns(needs = Feature.NETKIT)
    void a_netkit_link_has_its_side() {
        Tool.run("ip", "link", "add", "name", "pod0", "type", "netkit");
        try (LoadedObject object = load("netkit_policy");
                Fd fd = attacher.netkitLink(object.program(), attacher.device("pod0"), AttachType.NETKIT_PEER)) {
            assertEquals(
                    Optional.of(AttachType.NETKIT_PEER),
                    link(fd, LinkType.NETKIT).attachType());
        }
    }

    @Test
    void an_iterators_link_names_what_it_walks() {
        try (IteratorWalk walk = IteratorWalk.load()) {
            assertEquals(
                    1,
                    kernel.links().items().stream()
                            .filter(link -> walk.own().contains(link.object()))
                            .filter(link -> link.target().equals(new AttachTarget.Iterator("task_file")))
                            .count());
        }
    }

    @Test
    void a_raw_tracepoint_names_itself() {
        int prog = RawBpf.loadProgram(17, 0, "raw", 0);
        int fd = RawBpf.openRawTracepoint(prog, "sys_enter");
        Link link = link(RawBpf.id(fd), LinkType.RAW_TRACEPOINT);
        assertEquals(new AttachTarget.Tracepoint("sys_enter"), link.target());
        assertEquals("sys_enter", witness(link).get("tp_name").getAsString());
        RawBpf.closeAll(fd, prog);
    }

    @Test
    @InNetns(needs = Feature.TRAMPOLINES)
    void fentry_names_the_kernels_function() {
        try (LoadedObject watch = load("fentry_watch");
                Fd fd = attacher.tracingLink(watch.program())) {
            Link link = link(fd, LinkType.TRACING);
            assertEquals("dev_change_name", link.target().label());
            assertEquals("trace_fentry", link.attachType().orElseThrow().label());
        }
    }

    @Test
    @InNetns(needs = Feature.TRAMPOLINES)
    void freplace_names_the_program_and_function_it_replaces() {
        try (LoadedObject slots = load("xdp_slots");
                LoadedObject slot =
                        loader.loadExtension(loader.ownObject("freplace_slot"), slots.program(), "slot_first");
                Fd fd = attacher.tracingLink(slot.program())) {
            Link link = link(fd, LinkType.TRACING);
            AttachTarget.Prog target = assertInstanceOf(AttachTarget.Prog.class, link.target());
            assertEquals(RawBpf.id(slots.program().number()), target.progId());
            assertEquals(Optional.of("slot_first"), target.function());
            assertEquals("ext", witness(link).get("prog_type").getAsString());
        }
    }

    private LoadedObject load(String name) {
        return loader.load(loader.ownObject(name));
    }

    private Link link(Fd fd, LinkType type) {
        return link(RawBpf.id(fd.number()), type);
    }

    private Link link(int id, LinkType type) {
        Link found = kernel.links().items().stream()
                .filter(link -> link.id() == id)
                .findFirst()
                .orElseThrow();
        assertEquals(type, found.type());
        return found;
    }

    private static JsonObject witness(Link link) {
        return Tool.json("bpftool", "-j", "link", "show", "id", Integer.toString(link.id()))
                .getAsJsonObject();
    }
}

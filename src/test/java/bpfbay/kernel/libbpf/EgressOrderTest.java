package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import bpfbay.model.RunCounts;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order that a packet's path claims outwards, where it is not written down anywhere but in the source. */
@InNetns
class EgressOrderTest {
    private static final int NFPROTO_IPV4 = 2;
    private static final int NF_INET_POST_ROUTING = 4;
    private static final int DROP = 0;

    private Path cgroup = Path.of("");

    @BeforeEach
    void make_a_cgroup() throws IOException {
        CgroupMount mount = CgroupMount.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")))
                .get(0);
        cgroup = Files.createDirectory(
                Path.of(mount.point(), "bpfbay-order-" + ProcessHandle.current().pid()));
    }

    @AfterEach
    void remove_it() throws IOException {
        Files.delete(cgroup);
    }

    @Test
    void postrouting_sees_what_the_cgroup_then_drops() {
        Loader loader = LibbpfLoader.open();
        try (Attacher attacher = loader.attacher(Path.of("/proc/thread-self/ns/net"));
                LoadedObject counter =
                        loader.load(loader.ownObject("netfilter_count"), ProgType.NETFILTER, AttachType.NETFILTER);
                Fd guard = new OpenFd(RawBpf.loadProgram(
                        RawBpf.BPF_PROG_TYPE_CGROUP_SKB, AttachType.CGROUP_INET_EGRESS.value(), "drop", DROP));
                Fd onPostrouting = attacher.netfilterLink(counter.program(), NFPROTO_IPV4, NF_INET_POST_ROUTING, 0);
                Fd onCgroup = attacher.cgroupLink(guard, cgroup, AttachType.CGROUP_INET_EGRESS);
                LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
                Fd counting = kernel.enableCounting()) {
            assertNotEquals(onPostrouting.number(), onCgroup.number());
            assertNotEquals(counting.number(), onCgroup.number());
            Tool.Outcome sent = Tool.attempt(
                    "bash", "-c", "echo $$ > " + cgroup + "/cgroup.procs && echo x > /dev/udp/127.0.0.1/9");
            assertTrue(sent.errors().contains("Operation not permitted"), sent.errors());
            int id = counter.programId("nf_count").id();
            assertEquals(
                    List.of(1L),
                    kernel.runCounts(List.of(id)).values().stream()
                            .map(RunCounts::runCount)
                            .toList());
        }
    }
}

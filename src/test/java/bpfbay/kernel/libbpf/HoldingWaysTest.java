package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways to find holders, on the same processes at the same moment. */
@InNetns
class HoldingWaysTest {
    private static final int CLONE_FILES = 0x400;
    private static final int LOOPBACK = 1;

    static {
        Native.register(HoldingWaysTest.class, NativeLibrary.getProcess());
    }

    private static native int unshare(int flags);

    private IteratorWalk iterators;
    private ProcWalk proc;

    @BeforeEach
    void load() {
        iterators = IteratorWalk.load();
        proc = new ProcWalk();
    }

    @AfterEach
    void unload() {
        iterators.close();
        proc.close();
    }

    @Test
    void both_see_the_same_programs_links_and_maps_of_a_process() throws Exception {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "held");
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "held", 2, map);
        int link = RawBpf.createLink(prog, LOOPBACK, RawBpf.BPF_XDP);
        Process agent = new ProcessBuilder(NativeCode.executable("labd").toString()).start();
        String orders = "hold prog " + RawBpf.id(prog) + "\nhold link " + RawBpf.id(link) + "\nhold map "
                + RawBpf.id(map) + "\nhold map " + RawBpf.id(map) + "\ngo\n";
        agent.getOutputStream().write(orders.getBytes(StandardCharsets.US_ASCII));
        agent.getOutputStream().close();
        assertEquals("ready", agent.inputReader().readLine());

        Set<String> expected = Set.of("prog:" + RawBpf.id(prog), "link:" + RawBpf.id(link), "map:" + RawBpf.id(map));
        try {
            assertEquals(expected, heldBy(agent.pid(), iterators));
            assertEquals(expected, heldBy(agent.pid(), proc));
            assertEquals(heldBy(own(), proc), heldBy(own(), iterators));
            assertTrue(heldBy(own(), iterators).containsAll(expected));
        } finally {
            agent.destroyForcibly().waitFor();
            agent.inputReader().close();
            agent.errorReader().close();
        }
        assertTrue(heldBy(agent.pid(), iterators).isEmpty());
        assertTrue(heldBy(agent.pid(), proc).isEmpty());
        RawBpf.closeAll(link, prog, map);
    }

    @Test
    void only_the_iterator_sees_a_thread_with_a_table_of_its_own() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        AtomicInteger id = new AtomicInteger();
        Thread thread = new Thread(() -> {
            unshare(CLONE_FILES);
            int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "threads");
            id.set(RawBpf.id(map));
            held.countDown();
            try {
                seen.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            RawBpf.closeAll(map);
        });
        thread.start();
        held.await();
        String map = "map:" + id.get();
        Set<String> byIterator = heldBy(own(), iterators);
        Set<String> byProc = heldBy(own(), proc);
        seen.countDown();
        thread.join();
        assertTrue(byIterator.contains(map));
        assertFalse(byProc.contains(map));
        assertFalse(heldBy(own(), iterators).contains(map));
    }

    private static long own() {
        return ProcessHandle.current().pid();
    }

    private static Set<String> heldBy(long pid, HoldingWalk walk) {
        return new HoldingSource()
                .read(walk).items().stream()
                        .filter(holding -> holding.holder().pid() == pid)
                        .map(holding -> holding.object().toString())
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    @Test
    void passive_bpfbay_loads_nothing() {
        int before = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "before", 2);
        try (LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING)) {
            for (int look = 0; look < 3; look++) {
                kernel.programs();
                kernel.links();
                kernel.maps();
                kernel.holdings();
            }
            assertEquals(Set.of(), kernel.own());
            assertFalse(kernel.programs().items().stream()
                    .anyMatch(program -> program.name().startsWith("bpfbay_")
                            && !iterators.own().contains(ObjectId.prog(program.id()))
                            && Integer.compareUnsigned(program.id(), RawBpf.id(before)) > 0));
        }
        RawBpf.closeAll(before);
    }
}

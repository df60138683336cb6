package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Loading;
import bpfbay.model.Holding;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@InNetns
class ProcHoldingsTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void programs_links_and_maps_of_this_process_are_held_by_it() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        int link = RawBpf.createLink(prog, 1, RawBpf.BPF_XDP);
        List<Holding> holdings = kernel.holdings().items();
        for (ObjectId object :
                List.of(ObjectId.map(RawBpf.id(map)), ObjectId.prog(RawBpf.id(prog)), ObjectId.link(RawBpf.id(link)))) {
            assertEquals(
                    List.of(SELF),
                    holdings.stream()
                            .filter(holding -> holding.object().equals(object))
                            .map(holding -> holding.holder().pid())
                            .toList());
        }
        RawBpf.closeAll(link, prog, map);
    }

    @Test
    void two_descriptors_of_one_object_are_one_holding() throws Exception {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        RawBpf.pin(map, "/sys/fs/bpf/m");
        int again = RawBpf.open("/sys/fs/bpf/m");
        ObjectId object = ObjectId.map(RawBpf.id(map));
        assertEquals(
                1,
                kernel.holdings().items().stream()
                        .filter(holding -> holding.object().equals(object))
                        .count());
        RawBpf.closeAll(map, again);
        Files.delete(Path.of("/sys/fs/bpf/m"));
    }

    @Test
    void a_holder_is_told_by_start_time_and_name() throws Exception {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        Holding holding = kernel.holdings().items().stream()
                .filter(h -> h.object().equals(ObjectId.map(RawBpf.id(map))))
                .findFirst()
                .orElseThrow();
        String stat = Files.readString(Path.of("/proc/self/stat"));
        assertEquals(Holders.startTicks(stat), holding.holder().startTicks());
        assertEquals(
                Files.readString(Path.of("/proc/self/comm")).strip(),
                holding.holder().comm());
        RawBpf.closeAll(map);
    }

    @Test
    void an_unchanged_answer_is_the_same_instance() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        kernel.holdings();
        assertSame(kernel.holdings(), kernel.holdings());
        RawBpf.closeAll(map);
    }

    @Test
    void the_way_of_the_scan_is_told() {
        kernel.holdings();
        assertEquals(Reading.of(Relations.Scan.PROC_FDINFO), kernel.holderScan());
    }

    @Test
    void processes_that_cannot_be_looked_into_are_one_problem() {
        assertTrue(kernel.holdings().problems().size() <= 1);
        Problem problem = ProcAccess.problem("readlink", "/proc/*/fd", 12, "owners among them are not seen");
        assertEquals("/proc/*/fd of 12 processes", problem.object());
        assertTrue(problem.hint().endsWith("CAP_SYS_PTRACE: owners among them are not seen"), problem.hint());
    }

    @Test
    void the_privilege_is_read_from_the_effective_set() {
        assertTrue(ProcAccess.isPrivileged(status("000001fffeffffff")));
        assertFalse(ProcAccess.isPrivileged(status("0000000000000000")));
        assertFalse(ProcAccess.isPrivileged(ByteBuffer.allocate(0)));
    }

    private static ByteBuffer status(String capEff) {
        String text = "Name:\tjava\nCapPrm:\tffffffffffffffff\nCapEff:\t" + capEff + "\nCapBnd:\t0\n";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}

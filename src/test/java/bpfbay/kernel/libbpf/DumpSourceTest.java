package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.btf.Btf;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loading;
import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.model.ProgramDump;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One look at one program or map. */
@InNetns
class DumpSourceTest {
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void a_dump_has_text_functions_lines_and_the_names_of_helpers() {
        LibbpfLoader loader = LibbpfLoader.open();
        try (LoadedObject object = loader.load(loader.ownObject("xdp_fw"))) {
            String name = object.programs().keySet().iterator().next();
            int id = object.programId(name).id();
            ProgramDump dump = kernel.dump(id);
            int expected = kernel.programs().items().stream()
                    .filter(p -> p.id() == id)
                    .findFirst()
                    .orElseThrow()
                    .bytesXlated();
            assertEquals(expected, dump.xlated().found().map(Bytes::size).orElseThrow());
            assertEquals(0, dump.funcInfo().size() % dump.funcInfoSize());
            assertEquals(0, dump.lineInfo().size() % dump.lineInfoSize());
            assertTrue(dump.lineInfo().size() > 0);
            int type = dump.funcInfo().buffer().getInt(4);
            assertEquals(name, Btf.parse(dump.btf().buffer()).functionName(type).orElseThrow());
            assertTrue(dump.callBase().isPresent());
            assertTrue(dump.symbols().keySet().containsAll(dump.functions()), dump.symbols()::toString);
        }
    }

    @Test
    void a_program_that_is_gone_cannot_be_dumped() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        int id = RawBpf.id(fd);
        RawBpf.closeAll(fd);
        KernelException gone = assertThrows(KernelException.Gone.class, () -> kernel.dump(id));
        assertEquals("BPF_PROG_GET_FD_BY_ID prog:" + id + ": ENOENT — it is gone", gone.getMessage());
    }

    @Test
    void a_small_map_is_seen_whole() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 4, 8, 100, "flows");
        RawBpf.updateElement(fd, new byte[] {1, 0, 0, 0}, new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
        RawBpf.updateElement(fd, new byte[] {2, 0, 0, 0}, new byte[] {8, 0, 0, 0, 0, 0, 0, 0});
        MapContents contents = kernel.contents(RawBpf.id(fd), 1000);
        assertEquals(2, contents.entries());
        assertEquals(MapContents.Coverage.ALL, contents.coverage());
        assertTrue(contents.sample()
                .contains(new MapContents.Pair(
                        Bytes.copyOf(new byte[] {1, 0, 0, 0}), Bytes.copyOf(new byte[] {7, 0, 0, 0, 0, 0, 0, 0}))));
        RawBpf.closeAll(fd);
    }

    @Test
    void a_large_map_is_cut_at_the_limit() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 8, 1000, "large");
        MapContents contents = kernel.contents(RawBpf.id(fd), 10);
        assertEquals(10, contents.entries());
        assertEquals(MapContents.Coverage.CUT_AT_LIMIT, contents.coverage());
        assertEquals(
                MapContents.Coverage.ALL, kernel.contents(RawBpf.id(fd), 1000).coverage());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_per_cpu_map_gives_the_values_of_all_processors() {
        int fd = RawBpf.createMap(6, 4, 4, 1, "percpu");
        MapContents contents = kernel.contents(RawBpf.id(fd), 10);
        assertEquals(
                8 * Libbpf.libbpf_num_possible_cpus(),
                contents.sample().get(0).value().size());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_map_without_keys_says_so() {
        int fd = RawBpf.createMap(27, 0, 0, 4096, "events");
        int id = RawBpf.id(fd);
        KernelException said = assertThrows(KernelException.Unsupported.class, () -> kernel.contents(id, 10));
        assertEquals(
                "BPF_MAP_GET_NEXT_KEY map:" + id + ": ENOTSUPP — a map of type ringbuf has no keys to walk",
                said.getMessage());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_map_that_is_gone_has_no_contents() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        int id = RawBpf.id(fd);
        RawBpf.closeAll(fd);
        assertThrows(KernelException.Gone.class, () -> kernel.contents(id, 10));
    }
}

package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.ProgramDump;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import bpfbay.testing.RawBpf;
import bpfbay.testing.RawDump;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of this build, read by id and beside that by pin with a reader that is simpler and slower. */
@InNetns
class ProgramDumpSourceTest {
    private static final Path PIN = Path.of("/sys/fs/bpf/dumped");

    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp_fw", "iter_task_file"})
    void a_dump_is_what_the_plain_reader_reads(String object) {
        Tool.run("bpftool", "prog", "load", NativeCode.bpfObject(object).toString(), PIN.toString());
        ProgramDump expected = RawDump.of(PIN);
        ProgramDump dump = kernel.dump(expected.progId());
        assertEquals(expected.xlated(), dump.xlated());
        assertEquals(expected.btf(), dump.btf());
        assertEquals(expected.funcInfo(), dump.funcInfo());
        assertEquals(expected.funcInfoSize(), dump.funcInfoSize());
        assertEquals(expected.lineInfo(), dump.lineInfo());
        assertEquals(expected.lineInfoSize(), dump.lineInfoSize());
        assertEquals(expected.callBase(), dump.callBase());
        assertEquals(expected.functions(), dump.functions());
    }

    @Test
    void the_names_are_those_of_the_called_and_of_the_programs_own_functions() {
        Tool.run(
                "bpftool",
                "prog",
                "load",
                NativeCode.bpfObject("iter_task_file").toString(),
                PIN.toString());
        ProgramDump raw = RawDump.of(PIN);
        Map<Long, String> symbols = kernel.dump(raw.progId()).symbols();
        symbols.forEach((address, name) -> assertEquals(raw.symbols().get(address), name));
        assertTrue(symbols.containsValue("bpf_seq_write"), symbols.toString());
        for (long function : raw.functions()) {
            assertTrue(symbols.getOrDefault(function, "").startsWith("bpf_prog_"), symbols.toString());
        }
    }

    @Test
    void the_maps_are_those_that_bpftool_shows() {
        Tool.run("bpftool", "prog", "load", NativeCode.bpfObject("xdp_fw").toString(), PIN.toString());
        JsonObject shown = Tool.json("bpftool", "-j", "prog", "show", "pinned", PIN.toString())
                .getAsJsonObject();
        List<Integer> maps = shown.get("map_ids").getAsJsonArray().asList().stream()
                .map(id -> id.getAsInt())
                .toList();
        assertEquals(maps, kernel.dump(shown.get("id").getAsInt()).mapIds());
    }

    @Test
    void a_program_without_btf_has_text_and_nothing_else() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "plain", 2);
        ProgramDump dump = kernel.dump(RawBpf.id(fd));
        assertEquals(2 * 8, dump.xlated().found().orElseThrow().size());
        assertEquals(
                0, dump.btf().size() + dump.funcInfo().size() + dump.lineInfo().size());
        assertTrue(dump.mapIds().isEmpty());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_program_that_never_was_is_gone() {
        KernelException gone = assertThrows(KernelException.Gone.class, () -> kernel.dump(0x7ffffff0));
        assertEquals("BPF_PROG_GET_FD_BY_ID prog:2147483632: ENOENT — it is gone", gone.getMessage());
    }

    @Test
    void dumping_leaves_no_descriptor_behind() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "plain", 2);
        int id = RawBpf.id(fd);
        kernel.dump(id);
        OpenDescriptors before = OpenDescriptors.now();
        assertFalse(kernel.dump(id).xlated().found().isEmpty());
        before.assertSameAsNow();
        RawBpf.closeAll(fd);
    }
}

package bpfbay.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bpfbay.model.Bytes;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HostileProgramTest {
    /** Random bytes read without an exception, and each slot stands in exactly one line, in order. */
    @Property(tries = 2000)
    void every_slot_of_random_bytes_stands_in_exactly_one_line(@ForAll @Size(max = 200) byte[] code) {
        Disassembly disassembly = Disassembly.of(dump(code, Bytes.EMPTY, Bytes.EMPTY, 0));
        assertEquals(
                code.length,
                disassembly.lines().stream().mapToInt(this::bytesAt).sum());
        int at = 0;
        for (CodeLine line : disassembly.lines()) {
            if (line instanceof CodeLine.Instruction instruction) {
                assertEquals(at, instruction.index() * 8);
                assertFalse(instruction.instruction().contains("null"), instruction.instruction());
            }
            at += bytesAt(line);
        }
    }

    /** Records and type information that point anywhere move no instruction. */
    @Property(tries = 2000)
    void random_records_and_types_change_no_instruction(
            @ForAll @Size(min = 16, max = 80) byte[] code,
            @ForAll @Size(max = 120) byte[] records,
            @ForAll @IntRange(min = -1, max = 40) int recordSize,
            @ForAll @IntRange(min = 24, max = 400) int broken,
            @ForAll byte value) {
        byte[] btf = Capture.read("xdp_subprograms").btf().toArray();
        btf[broken] = value;
        List<CodeLine> plain =
                Disassembly.of(dump(code, Bytes.EMPTY, Bytes.EMPTY, 0)).lines();
        List<CodeLine> annotated =
                Disassembly.of(dump(code, Bytes.copyOf(btf), Bytes.copyOf(records), recordSize)).lines().stream()
                        .filter(line -> bytesAt(line) > 0)
                        .toList();
        assertEquals(plain, annotated);
    }

    /** A captured program with any one byte changed still reads. */
    @Property(tries = 1000)
    void a_changed_byte_breaks_nothing(@ForAll @IntRange(min = 0, max = 700) int place, @ForAll byte value) {
        ProgramDump good = Capture.read("xdp_subprograms");
        byte[] code = good.xlated().found().orElseThrow().toArray();
        code[place % code.length] = value;
        ProgramDump changed = new ProgramDump(
                0,
                Reading.of(Bytes.copyOf(code)),
                good.btf(),
                good.funcInfo(),
                good.funcInfoSize(),
                good.lineInfo(),
                good.lineInfoSize(),
                List.of(),
                good.callBase(),
                good.functions(),
                good.symbols());
        Disassembly disassembly = Disassembly.of(changed);
        assertEquals(
                code.length,
                disassembly.lines().stream().mapToInt(this::bytesAt).sum());
    }

    private int bytesAt(CodeLine line) {
        return line instanceof CodeLine.Instruction instruction
                ? instruction.raw().size()
                : line instanceof CodeLine.Leftover leftover ? leftover.raw().size() : 0;
    }

    private static ProgramDump dump(byte[] code, Bytes btf, Bytes records, int recordSize) {
        Map<Long, String> symbols = new HashMap<>();
        return new ProgramDump(
                0,
                Reading.of(Bytes.copyOf(code)),
                btf,
                records,
                recordSize,
                records,
                recordSize,
                List.of(),
                OptionalLong.of(0xffffffff_81000000L),
                List.of(),
                symbols);
    }
}

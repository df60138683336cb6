package bpfbay.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.ProgramDump;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs captured from Linux 6.18 (the sources lie beside them), compared with bpftool 7.1. */
class CapturedProgramTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xdp_subprograms",
                "tc_arithmetic",
                "socket_packet",
                "iter_kernel_memory",
                "iter_kernel_functions"
            })
    void a_captured_program_reads_as_bpftool_prints_it(String name) {
        Disassembly disassembly = Disassembly.of(Capture.read(name));
        assertEquals(Capture.expected(name), LinumText.of(disassembly));
        assertEquals(Optional.empty(), disassembly.problem());
    }

    @Test
    void instructions_are_counted_once_and_wide_ones_take_two_slots() {
        Disassembly disassembly = Disassembly.of(Capture.read("xdp_subprograms"));
        long wide = instructions(disassembly).stream()
                .filter(i -> i.raw().size() == 16)
                .count();
        assertEquals(disassembly.slots(), disassembly.instructions() + wide);
        assertEquals(disassembly.instructions(), instructions(disassembly).size());
        assertTrue(wide > 0);
    }

    @Test
    void a_call_of_an_own_function_leads_to_its_first_instruction() {
        Disassembly disassembly = Disassembly.of(Capture.read("xdp_subprograms"));
        CodeLine.Function count = disassembly.lines().stream()
                .filter(CodeLine.Function.class::isInstance)
                .map(CodeLine.Function.class::cast)
                .filter(f -> f.name().equals("count"))
                .findFirst()
                .orElseThrow();
        assertEquals("int count(struct xdp_md * ctx, int by)", count.signature());
        assertTrue(instructions(disassembly).stream()
                .filter(i -> i.instruction().endsWith("_count"))
                .allMatch(i -> i.target().orElse(0) == count.index()));
    }

    @Test
    void without_symbols_calls_show_addresses_as_bpftool_does() {
        String text = LinumText.of(Disassembly.of(without(Capture.read("xdp_subprograms"), Map.of(), true)));
        assertTrue(text.contains("call 0xffffffff"), text);
        assertTrue(text.contains("call pc+43#0xffffffff"), text);
        assertTrue(text.contains("call bpf_tail_call#12"), text);
    }

    @Test
    void where_the_kernel_hides_addresses_nothing_is_made_up() {
        String text = LinumText.of(Disassembly.of(without(Capture.read("xdp_subprograms"), Map.of(), false)));
        assertTrue(text.contains("call unknown#"), text);
        assertTrue(text.contains("call pc+43\n"), text);
    }

    private static List<CodeLine.Instruction> instructions(Disassembly disassembly) {
        return disassembly.lines().stream()
                .filter(CodeLine.Instruction.class::isInstance)
                .map(CodeLine.Instruction.class::cast)
                .toList();
    }

    private static ProgramDump without(ProgramDump dump, Map<Long, String> symbols, boolean addressesShown) {
        return new ProgramDump(
                dump.progId(),
                dump.xlated(),
                dump.btf(),
                dump.funcInfo(),
                dump.funcInfoSize(),
                dump.lineInfo(),
                dump.lineInfoSize(),
                dump.mapIds(),
                addressesShown ? dump.callBase() : OptionalLong.empty(),
                addressesShown ? dump.functions() : List.of(),
                symbols);
    }
}

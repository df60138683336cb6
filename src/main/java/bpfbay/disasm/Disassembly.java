package bpfbay.disasm;

import static java.util.Objects.requireNonNull;

import bpfbay.btf.Btf;
import bpfbay.btf.BtfSignature;
import bpfbay.model.Bytes;
import bpfbay.model.ProgramDump;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program's text, line by line, each slot of eight bytes in exactly one line. {@code instructions} counts
 * a wide one once, {@code slots} twice; {@code problem} says what is missing and why.
 */
public record Disassembly(List<CodeLine> lines, int instructions, int slots, Optional<String> problem) {
    public Disassembly {
        lines = List.copyOf(lines);
        requireNonNull(problem, "problem");
    }

    /** Never fails; where the kernel did not give the instructions there are no lines and the reason. */
    public static Disassembly of(ProgramDump dump) {
        return dump.xlated()
                .found()
                .map(code -> new Reader(dump, code).read())
                .orElseGet(() -> new Disassembly(
                        List.of(), 0, 0, Optional.of(dump.xlated().reason())));
    }

    private static final class Reader {
        private static final int FUNC_INFO_BYTES = 8;
        private static final int LINE_INFO_BYTES = 16;

        private final ByteBuffer code;
        private final int size;
        private final Btf btf;
        private final InfoRecords functions;
        private final InfoRecords sources;
        private final InsnText text;
        private final List<CodeLine> lines = new ArrayList<>();

        Reader(ProgramDump dump, Bytes code) {
            this.code = code.buffer();
            this.size = code.size();
            this.btf = dump.btf().size() == 0 ? Btf.NONE : Btf.parse(dump.btf().buffer());
            this.functions = new InfoRecords(dump.funcInfo(), dump.funcInfoSize(), FUNC_INFO_BYTES);
            this.sources = new InfoRecords(dump.lineInfo(), dump.lineInfoSize(), LINE_INFO_BYTES);
            this.text = new InsnText(new Names(dump));
        }

        Disassembly read() {
            int slots = size / Insn.BYTES;
            int instructions = 0;
            int slot = 0;
            while (slot < slots) {
                addFunction(slot);
                addSource(slot);
                slot += addInstruction(slot, slots);
                instructions++;
            }
            Optional<String> problem = btf.problem().map("BTF: "::concat);
            if (slots * Insn.BYTES < size) {
                CodeLine.Leftover leftover = new CodeLine.Leftover(slots, raw(slots * Insn.BYTES, size));
                lines.add(leftover);
                problem = Optional.of((size - slots * Insn.BYTES) + " bytes are no whole instruction");
            }
            return new Disassembly(lines, instructions, slots, problem);
        }

        private void addFunction(int slot) {
            if (functions.advanceTo(slot) && functions.field(0) == slot) {
                int type = functions.field(1);
                btf.functionName(type)
                        .ifPresent(name -> lines.add(new CodeLine.Function(slot, name, BtfSignature.of(btf, type))));
            }
        }

        private void addSource(int slot) {
            if (sources.advanceTo(slot)) {
                Optional<String> file = btf.string(sources.field(1));
                int lineAndColumn = sources.field(3);
                btf.string(sources.field(2))
                        .ifPresent(source -> lines.add(new CodeLine.Source(
                                file, lineAndColumn >>> 10, lineAndColumn & 0x3ff, withoutIndentation(source))));
            }
        }

        private int addInstruction(int slot, int slots) {
            Insn insn = Insn.read(code, slot);
            Optional<Insn> next = slot + 1 < slots ? Optional.of(Insn.read(code, slot + 1)) : Optional.empty();
            int taken = insn.isWide() && next.isPresent() ? 2 : 1;
            lines.add(new CodeLine.Instruction(
                    slot,
                    raw(slot * Insn.BYTES, (slot + taken) * Insn.BYTES),
                    text.of(insn, next),
                    target(insn, slot, slots)));
            return taken;
        }

        private static OptionalInt target(Insn insn, int slot, int slots) {
            OptionalInt distance = insn.distance();
            if (distance.isEmpty()) {
                return distance;
            }
            long target = slot + 1L + distance.getAsInt();
            return target >= 0 && target < slots ? OptionalInt.of((int) target) : OptionalInt.empty();
        }

        private Bytes raw(int from, int to) {
            byte[] bytes = new byte[to - from];
            code.get(from, bytes);
            return Bytes.copyOf(bytes);
        }

        /* C's isspace, as bpftool trims. */
        private static String withoutIndentation(String line) {
            int start = 0;
            while (start < line.length() && " \t\n\u000b\f\r".indexOf(line.charAt(start)) >= 0) {
                start++;
            }
            return line.substring(start);
        }
    }
}

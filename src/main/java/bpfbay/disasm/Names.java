package bpfbay.disasm;

import bpfbay.model.ProgramDump;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What calls and 64-bit immediates refer to. After the verifier a call's immediate is an offset from
 * {@code __bpf_call_base}, or the number of one of the program's own compiled functions.
 */
final class Names {
    private static final int PSEUDO_MAP_FD = 1;
    private static final int PSEUDO_MAP_VALUE = 2;
    private static final int PSEUDO_MAP_IDX_VALUE = 6;

    private final OptionalLong callBase;
    private final List<Long> functions;
    private final Map<Long, String> symbols;

    Names(ProgramDump dump) {
        this.callBase = dump.callBase();
        this.functions = dump.functions();
        this.symbols = dump.symbols();
    }

    /** What stands behind {@code call}. */
    String callee(Insn insn) {
        return insn.src() == Insn.PSEUDO_CALL ? "pc" + ownFunction(insn) : kernelFunction(insn) + "#" + insn.imm();
    }

    private String ownFunction(Insn insn) {
        String relative = InsnText.signed(insn.off());
        if (insn.imm() < 0 || insn.imm() >= functions.size()) {
            return relative;
        }
        long address = functions.get(insn.imm());
        return address == 0 ? relative : relative + "#" + symbol(address);
    }

    private String kernelFunction(Insn insn) {
        Optional<String> helper = insn.src() == 0 ? HelperNames.of(insn.imm()) : Optional.empty();
        if (helper.isPresent()) {
            return helper.get();
        }
        if (callBase.isPresent()) {
            return symbol(callBase.getAsLong() + insn.imm());
        }
        return insn.src() == Insn.PSEUDO_KFUNC_CALL ? "kernel-function" : "unknown";
    }

    private String symbol(long address) {
        String name = symbols.get(address);
        return name == null ? "0x" + Long.toHexString(address) : name;
    }

    /** The value that {@code insn} and the slot behind it hold together; maps come as ids out of the kernel. */
    String immediate(Insn insn, Insn next) {
        return switch (insn.src()) {
            case PSEUDO_MAP_FD -> "map[id:" + insn.imm() + "]";
            case PSEUDO_MAP_VALUE -> "map[id:" + insn.imm() + "][0]+" + next.imm();
            case PSEUDO_MAP_IDX_VALUE -> "map[idx:" + insn.imm() + "]+" + next.imm();
            case Insn.PSEUDO_FUNC -> "subprog[" + InsnText.signed(insn.imm()) + "]";
            default -> "0x" + Long.toHexString(((long) next.imm() << 32) | (insn.imm() & 0xffffffffL));
        };
    }
}

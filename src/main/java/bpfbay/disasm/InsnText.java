package bpfbay.disasm;

import java.util.Map;
import java.util.Optional;

/** One instruction as text, apart from what calls and 64-bit immediates name. */
final class InsnText {
    private static final Map<Integer, String> ALU = Map.ofEntries(
            Map.entry(0x00, "+="),
            Map.entry(0x10, "-="),
            Map.entry(0x20, "*="),
            Map.entry(0x30, "/="),
            Map.entry(0x40, "|="),
            Map.entry(0x50, "&="),
            Map.entry(0x60, "<<="),
            Map.entry(0x70, ">>="),
            Map.entry(0x90, "%="),
            Map.entry(0xa0, "^="),
            Map.entry(0xb0, "="),
            Map.entry(0xc0, "s>>="));
    private static final int ALU_DIV = 0x30;
    private static final int ALU_NEG = 0x80;
    private static final int ALU_MOD = 0x90;
    private static final int ALU64_MOV_X = 0xbf;
    private static final int ALU_MOV = 0xb0;
    private static final int ALU_END = 0xd0;

    private static final Map<Integer, String> CONDITION = Map.ofEntries(
            Map.entry(0x10, "=="),
            Map.entry(0x20, ">"),
            Map.entry(0x30, ">="),
            Map.entry(0x40, "&"),
            Map.entry(0x50, "!="),
            Map.entry(0x60, "s>"),
            Map.entry(0x70, "s>="),
            Map.entry(0xa0, "<"),
            Map.entry(0xb0, "<="),
            Map.entry(0xc0, "s<"),
            Map.entry(0xd0, "s<="));

    private static final int MODE_IMM = 0x00;
    private static final int MODE_ABS = 0x20;
    private static final int MODE_IND = 0x40;
    private static final int MODE_MEM = 0x60;
    private static final int MODE_MEMSX = 0x80;
    private static final int MODE_ATOMIC = 0xc0;

    /* The kernel's own modes, no uapi (include/linux/filter.h); a number means another thing in each class. */
    private static final int PROBE_MEM = 0x20;
    private static final int PROBE_MEMSX = 0x40;
    private static final int PROBE_MEM32 = 0xa0;
    private static final int PROBE_MEM32SX = 0xc0;
    private static final int PROBE_ATOMIC = 0xe0;
    private static final int ST_NOSPEC = 0xc0;

    private static final Map<Integer, String> ATOMIC =
            Map.of(0x00, "add", 0x40, "or", 0x50, "and", 0xa0, "xor", 0xe0, "xchg", 0xf0, "cmpxchg");
    private static final int FETCH = 0x01;
    private static final int LOAD_ACQUIRE = 0x100;
    private static final int STORE_RELEASE = 0x110;

    private final Names names;

    InsnText(Names names) {
        this.names = names;
    }

    /** {@code next} is the slot behind, the upper half of a wide instruction; absent at the end. */
    String of(Insn insn, Optional<Insn> next) {
        return switch (insn.classOf()) {
            case Insn.CLASS_ALU, Insn.CLASS_ALU64 -> alu(insn);
            case Insn.CLASS_STX -> storeRegister(insn);
            case Insn.CLASS_ST -> storeImmediate(insn);
            case Insn.CLASS_LDX -> load(insn);
            case Insn.CLASS_LD -> loadImmediate(insn, next);
            default -> jump(insn);
        };
    }

    private static String alu(Insn insn) {
        boolean is64 = insn.classOf() == Insn.CLASS_ALU64;
        String dst = register(is64, insn.dst());
        String src = insn.isRegisterSource() ? register(is64, insn.src()) : Integer.toString(insn.imm());
        if (insn.operation() == ALU_END) {
            String order = is64 ? "bswap" : insn.isRegisterSource() ? "be" : "le";
            return does(insn, "r" + insn.dst() + " = " + order + insn.imm() + " r" + insn.dst());
        }
        if (insn.operation() == ALU_NEG) {
            return does(insn, dst + " = -" + dst);
        }
        if (insn.code() == ALU64_MOV_X && insn.off() == 1) {
            int spaces = insn.imm();
            return does(
                    insn, dst + " = addr_space_cast(" + src + ", " + (spaces >>> 16) + ", " + (spaces & 0xffff) + ")");
        }
        if (insn.code() == ALU64_MOV_X && insn.off() == -1) {
            return does(insn, dst + " = &(void __percpu *)(" + src + ")");
        }
        String operator = ALU.get(insn.operation());
        if (operator == null) {
            return bug("alu_", insn);
        }
        return does(insn, dst + " " + sign(insn) + operator + " " + extension(insn) + src);
    }

    private static String sign(Insn insn) {
        boolean divides = insn.operation() == ALU_DIV || insn.operation() == ALU_MOD;
        return divides && insn.off() == 1 ? "s" : "";
    }

    private static String extension(Insn insn) {
        boolean moves = insn.operation() == ALU_MOV && insn.isRegisterSource();
        boolean extends_ = insn.off() == 8 || insn.off() == 16 || insn.off() == 32;
        return moves && extends_ ? "(s" + insn.off() + ")" : "";
    }

    private static String storeRegister(Insn insn) {
        return switch (insn.mode()) {
            case MODE_MEM, PROBE_MEM32 -> does(insn, "*" + at(insn, insn.dst()) + " = r" + insn.src());
            case MODE_ATOMIC, PROBE_ATOMIC -> atomic(insn);
            default -> bug("", insn);
        };
    }

    private static String atomic(Insn insn) {
        String src = "r" + insn.src();
        String place = at(insn, insn.dst());
        if (insn.imm() == LOAD_ACQUIRE) {
            return does(insn, "r" + insn.dst() + " = load_acquire(" + at(insn, insn.src()) + ")");
        }
        if (insn.imm() == STORE_RELEASE) {
            return does(insn, "store_release(" + place + ", " + src + ")");
        }
        String operation = ATOMIC.get(insn.imm() & ~FETCH);
        boolean fetches = (insn.imm() & FETCH) != 0;
        if (operation == null) {
            return bug("", insn);
        }
        String atomic = size(insn).equals("u64") ? "atomic64_" : "atomic_";
        if (operation.equals("cmpxchg")) {
            return fetches ? does(insn, "r0 = " + atomic + "cmpxchg(" + place + ", r0, " + src + ")") : bug("", insn);
        }
        if (operation.equals("xchg")) {
            return fetches ? does(insn, src + " = " + atomic + "xchg(" + place + ", " + src + ")") : bug("", insn);
        }
        return fetches
                ? does(insn, src + " = " + atomic + "fetch_" + operation + "(" + place + ", " + src + ")")
                : does(insn, "lock *" + place + " " + ALU.get(insn.imm()) + " " + src);
    }

    private static String storeImmediate(Insn insn) {
        return switch (insn.mode()) {
            case MODE_MEM, PROBE_MEM32 -> does(insn, "*" + at(insn, insn.dst()) + " = " + insn.imm());
            case ST_NOSPEC -> does(insn, "nospec");
            default -> bug("st_", insn);
        };
    }

    private static String load(Insn insn) {
        return switch (insn.mode()) {
            case MODE_MEM, PROBE_MEM, PROBE_MEM32 -> does(insn, "r" + insn.dst() + " = *" + at(insn, insn.src()));
            case MODE_MEMSX, PROBE_MEMSX, PROBE_MEM32SX ->
                size(insn).equals("u64")
                        ? bug("ldx_", insn)
                        : does(
                                insn,
                                "r" + insn.dst() + " = *" + at(insn, insn.src()).replace("(u", "(s"));
            default -> bug("ldx_", insn);
        };
    }

    private String loadImmediate(Insn insn, Optional<Insn> next) {
        if (insn.mode() == MODE_ABS) {
            return does(insn, "r0 = *(" + size(insn) + " *)skb[" + insn.imm() + "]");
        }
        if (insn.mode() == MODE_IND) {
            return does(insn, "r0 = *(" + size(insn) + " *)skb[r" + insn.src() + " + " + insn.imm() + "]");
        }
        if (insn.mode() == MODE_IMM && insn.isWide() && next.isPresent()) {
            return does(insn, "r" + insn.dst() + " = " + names.immediate(insn, next.get()));
        }
        return bug("ld_", insn);
    }

    private String jump(Insn insn) {
        if (insn.operation() == Insn.OPERATION_CALL) {
            return does(insn, "call " + names.callee(insn));
        }
        return switch (insn.code()) {
            case Insn.GOTO -> does(insn, "goto pc" + signed(insn.off()));
            case Insn.GOTO_LONG -> does(insn, "gotol pc" + signed(insn.imm()));
            case Insn.GOTO_REGISTER -> does(insn, "gotox r" + insn.dst());
            case Insn.EXIT -> does(insn, "exit");
            case Insn.MAY_GOTO -> insn.src() == 0 ? does(insn, "may_goto pc" + signed(insn.off())) : bug("jmp_", insn);
            default -> conditional(insn);
        };
    }

    private static String conditional(Insn insn) {
        boolean is64 = insn.classOf() == Insn.CLASS_JMP;
        String condition = CONDITION.get(insn.operation());
        if (condition == null) {
            return bug("jmp_", insn);
        }
        String left = register(is64, insn.dst());
        String right = insn.isRegisterSource() ? register(is64, insn.src()) : "0x" + Integer.toHexString(insn.imm());
        return does(insn, "if " + left + " " + condition + " " + right + " goto pc" + signed(insn.off()));
    }

    private static String register(boolean is64, int number) {
        return (is64 ? "r" : "w") + number;
    }

    private static String at(Insn insn, int register) {
        return "(" + size(insn) + " *)(r" + register + " " + signed(insn.off()) + ")";
    }

    private static String size(Insn insn) {
        return switch (insn.code() & 0x18) {
            case 0x00 -> "u32";
            case 0x08 -> "u16";
            case 0x10 -> "u8";
            default -> "u64";
        };
    }

    static String signed(int number) {
        return number < 0 ? Integer.toString(number) : "+" + number;
    }

    private static String does(Insn insn, String what) {
        return "(" + code(insn) + ") " + what;
    }

    private static String bug(String of, Insn insn) {
        return "BUG_" + of + code(insn);
    }

    private static String code(Insn insn) {
        return (insn.code() < 0x10 ? "0" : "") + Integer.toHexString(insn.code());
    }
}

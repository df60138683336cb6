package bpfbay.disasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** {@code struct bpf_insn}, with the numbers that its fields are made of ({@code include/uapi/linux/bpf.h}). */
record Insn(int code, int dst, int src, int off, int imm) {
    static final int BYTES = 8;

    static final int CLASS_LD = 0;
    static final int CLASS_LDX = 1;
    static final int CLASS_ST = 2;
    static final int CLASS_STX = 3;
    static final int CLASS_ALU = 4;
    static final int CLASS_JMP = 5;
    static final int CLASS_JMP32 = 6;
    static final int CLASS_ALU64 = 7;

    static final int OPERATION_CALL = 0x80;
    static final int OPERATION_EXIT = 0x90;

    static final int GOTO = 0x05;
    static final int GOTO_LONG = 0x06;
    static final int GOTO_REGISTER = 0x0d;
    static final int EXIT = 0x95;
    static final int MAY_GOTO = 0xe5;

    /** The one instruction of two slots. */
    static final int LD_IMM64 = 0x18;

    /* BPF_PSEUDO_*, in the source register of a call or of a wide load. */
    static final int PSEUDO_CALL = 1;
    static final int PSEUDO_KFUNC_CALL = 2;
    static final int PSEUDO_FUNC = 4;

    /** Reads in the buffer's byte order; the two registers share a byte, and the order swaps them too. */
    static Insn read(ByteBuffer code, int slot) {
        int at = slot * BYTES;
        int registers = code.get(at + 1) & 0xff;
        int low = registers & 0xf;
        int high = registers >> 4;
        boolean little = code.order() == ByteOrder.LITTLE_ENDIAN;
        return new Insn(
                code.get(at) & 0xff,
                little ? low : high,
                little ? high : low,
                code.getShort(at + 2),
                code.getInt(at + 4));
    }

    int classOf() {
        return code & 0x07;
    }

    /** BPF_OP: what an ALU or jump instruction does. */
    int operation() {
        return code & 0xf0;
    }

    /** BPF_MODE: how a load or store addresses. */
    int mode() {
        return code & 0xe0;
    }

    /** BPF_SRC: whether the second operand is a register, or else the immediate. */
    boolean isRegisterSource() {
        return (code & 0x08) != 0;
    }

    boolean isWide() {
        return code == LD_IMM64;
    }

    /** How many slots behind the next one the place lies that this jumps to, calls or points at. */
    OptionalInt distance() {
        if (code == GOTO_LONG || (isWide() && src == PSEUDO_FUNC)) {
            return OptionalInt.of(imm);
        }
        boolean jumps = classOf() == CLASS_JMP || classOf() == CLASS_JMP32;
        boolean stays = operation() == OPERATION_EXIT
                || code == GOTO_REGISTER
                || (operation() == OPERATION_CALL && src != PSEUDO_CALL);
        return jumps && !stays ? OptionalInt.of(off) : OptionalInt.empty();
    }
}

package bpfbay.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.Bytes;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InsnTextTest {
    /* Columns: code, dst, src, off, imm; then the text of kernel/bpf/disasm.c. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            07;1;0;0;-8;(07) r1 += -8
            0f;1;2;0;0;(0f) r1 += r2
            04;1;0;0;8;(04) w1 += 8
            0c;1;2;0;0;(0c) w1 += w2
            17;3;0;0;1;(17) r3 -= 1
            2f;3;4;0;0;(2f) r3 *= r4
            37;3;0;0;7;(37) r3 /= 7
            3f;3;4;1;0;(3f) r3 s/= r4
            34;3;0;1;-7;(34) w3 s/= -7
            97;3;0;0;7;(97) r3 %= 7
            9c;3;4;1;0;(9c) w3 s%= w4
            47;3;0;0;7;(47) r3 |= 7
            57;3;0;0;7;(57) r3 &= 7
            67;3;0;0;7;(67) r3 <<= 7
            77;3;0;0;7;(77) r3 >>= 7
            a7;3;0;0;7;(a7) r3 ^= 7
            b7;0;0;0;1;(b7) r0 = 1
            bc;1;2;0;0;(bc) w1 = w2
            c7;3;0;0;7;(c7) r3 s>>= 7
            87;3;0;0;0;(87) r3 = -r3
            84;3;0;0;0;(84) w3 = -w3
            bf;1;2;8;0;(bf) r1 = (s8)r2
            bf;1;2;16;0;(bf) r1 = (s16)r2
            bf;1;2;32;0;(bf) r1 = (s32)r2
            bc;1;2;16;0;(bc) w1 = (s16)w2
            b7;1;0;8;5;(b7) r1 = 5
            bf;1;2;1;65536;(bf) r1 = addr_space_cast(r2, 1, 0)
            bf;1;2;1;1;(bf) r1 = addr_space_cast(r2, 0, 1)
            bf;1;2;-1;0;(bf) r1 = &(void __percpu *)(r2)
            d4;1;0;0;16;(d4) r1 = le16 r1
            dc;1;0;0;64;(dc) r1 = be64 r1
            d7;1;0;0;32;(d7) r1 = bswap32 r1
            e7;1;0;0;0;BUG_alu_e7
            f4;1;0;0;0;BUG_alu_f4
            61;1;2;-4;0;(61) r1 = *(u32 *)(r2 -4)
            69;1;2;0;0;(69) r1 = *(u16 *)(r2 +0)
            71;1;2;8;0;(71) r1 = *(u8 *)(r2 +8)
            79;1;2;8;0;(79) r1 = *(u64 *)(r2 +8)
            81;1;2;4;0;(81) r1 = *(s32 *)(r2 +4)
            89;1;2;4;0;(89) r1 = *(s16 *)(r2 +4)
            91;1;2;4;0;(91) r1 = *(s8 *)(r2 +4)
            99;1;2;4;0;BUG_ldx_99
            39;1;2;4;0;(39) r1 = *(u64 *)(r2 +4)
            41;1;2;4;0;(41) r1 = *(s32 *)(r2 +4)
            51;1;2;4;0;(51) r1 = *(s8 *)(r2 +4)
            a1;1;2;4;0;(a1) r1 = *(u32 *)(r2 +4)
            c9;1;2;4;0;(c9) r1 = *(s16 *)(r2 +4)
            e1;1;2;4;0;BUG_ldx_e1
            01;1;2;4;0;BUG_ldx_01
            62;1;0;4;-7;(62) *(u32 *)(r1 +4) = -7
            6a;1;0;4;7;(6a) *(u16 *)(r1 +4) = 7
            72;1;0;4;7;(72) *(u8 *)(r1 +4) = 7
            7a;1;0;4;7;(7a) *(u64 *)(r1 +4) = 7
            a2;1;0;4;7;(a2) *(u32 *)(r1 +4) = 7
            c2;0;0;0;0;(c2) nospec
            42;0;0;0;0;BUG_st_42
            63;1;2;4;0;(63) *(u32 *)(r1 +4) = r2
            73;1;2;-4;0;(73) *(u8 *)(r1 -4) = r2
            7b;10;2;-8;0;(7b) *(u64 *)(r10 -8) = r2
            bb;1;2;4;0;(bb) *(u64 *)(r1 +4) = r2
            23;1;2;4;0;BUG_23
            db;1;2;0;0;(db) lock *(u64 *)(r1 +0) += r2
            c3;1;2;0;64;(c3) lock *(u32 *)(r1 +0) |= r2
            c3;1;2;0;80;(c3) lock *(u32 *)(r1 +0) &= r2
            db;1;2;0;160;(db) lock *(u64 *)(r1 +0) ^= r2
            db;1;2;0;1;(db) r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)
            c3;1;2;0;65;(c3) r2 = atomic_fetch_or((u32 *)(r1 +0), r2)
            c3;1;2;0;81;(c3) r2 = atomic_fetch_and((u32 *)(r1 +0), r2)
            c3;1;2;0;161;(c3) r2 = atomic_fetch_xor((u32 *)(r1 +0), r2)
            db;1;2;0;225;(db) r2 = atomic64_xchg((u64 *)(r1 +0), r2)
            c3;1;2;0;225;(c3) r2 = atomic_xchg((u32 *)(r1 +0), r2)
            db;1;2;0;241;(db) r0 = atomic64_cmpxchg((u64 *)(r1 +0), r0, r2)
            c3;1;2;0;241;(c3) r0 = atomic_cmpxchg((u32 *)(r1 +0), r0, r2)
            d3;1;2;4;256;(d3) r1 = load_acquire((u8 *)(r2 +4))
            cb;1;2;4;272;(cb) store_release((u16 *)(r1 +4), r2)
            fb;1;2;0;0;(fb) lock *(u64 *)(r1 +0) += r2
            db;1;2;0;224;BUG_db
            db;1;2;0;240;BUG_db
            db;1;2;0;16;BUG_db
            db;1;2;0;-1;BUG_db
            20;0;0;0;12;(20) r0 = *(u32 *)skb[12]
            28;0;0;0;12;(28) r0 = *(u16 *)skb[12]
            30;0;0;0;-1;(30) r0 = *(u8 *)skb[-1]
            48;0;7;0;2;(48) r0 = *(u16 *)skb[r7 + 2]
            00;0;0;0;0;BUG_ld_00
            60;0;0;0;0;BUG_ld_60
            05;0;0;-3;0;(05) goto pc-3
            06;0;0;0;70000;(06) gotol pc+70000
            0d;3;0;0;0;(0d) gotox r3
            95;0;0;0;0;(95) exit
            e5;0;0;7;0;(e5) may_goto pc+7
            e5;0;1;7;0;BUG_jmp_e5
            15;1;0;2;-1;(15) if r1 == 0xffffffff goto pc+2
            16;1;0;2;16;(16) if w1 == 0x10 goto pc+2
            1e;1;2;2;0;(1e) if w1 == w2 goto pc+2
            25;1;0;2;1;(25) if r1 > 0x1 goto pc+2
            35;1;0;2;1;(35) if r1 >= 0x1 goto pc+2
            45;1;0;2;1;(45) if r1 & 0x1 goto pc+2
            55;1;0;2;1;(55) if r1 != 0x1 goto pc+2
            65;1;0;2;1;(65) if r1 s> 0x1 goto pc+2
            75;1;0;2;1;(75) if r1 s>= 0x1 goto pc+2
            a5;1;0;2;1;(a5) if r1 < 0x1 goto pc+2
            b5;1;0;2;1;(b5) if r1 <= 0x1 goto pc+2
            c5;1;0;2;1;(c5) if r1 s< 0x1 goto pc+2
            dd;1;2;-2;0;(dd) if r1 s<= r2 goto pc-2
            9d;0;0;0;0;BUG_jmp_9d
            96;0;0;0;0;BUG_jmp_96
            0e;0;0;0;0;BUG_jmp_0e
            f5;0;0;0;0;BUG_jmp_f5
            85;0;0;0;1;(85) call bpf_map_lookup_elem#1
            85;0;0;0;12;(85) call bpf_tail_call#12
            85;0;0;0;211;(85) call bpf_cgrp_storage_delete#211
            85;0;0;0;212;(85) call 0x10d4#212
            85;0;0;0;4096;(85) call bpf_prog_0123_sub#4096
            85;0;0;0;-4096;(85) call 0x0#-4096
            85;0;2;0;4096;(85) call bpf_prog_0123_sub#4096
            85;0;1;9;1;(85) call pc+9#bpf_prog_0123_sub
            85;0;1;-9;2;(85) call pc-9#0x3000
            85;0;1;9;3;(85) call pc+9
            """)
    void an_instruction_reads_as_the_kernel_prints_it(String code, int dst, int src, int off, int imm, String text) {
        assertEquals(
                text, only(insn(Integer.parseInt(code, 16), dst, src, off, imm)).instruction());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 7, 0x700000005",
        "1, 5, 0, map[id:5]",
        "2, 5, 16, map[id:5][0]+16",
        "3, -1, -1, 0xffffffffffffffff",
        "4, 8, 0, subprog[+8]",
        "4, -8, 0, subprog[-8]",
        "5, 2, 0, 0x2",
        "6, 2, 8, map[idx:2]+8"
    })
    void a_wide_load_names_what_it_loads(int src, int imm, int upper, String text) {
        CodeLine.Instruction line = only(insn(0x18, 1, src, 0, imm), insn(0, 0, 0, 0, upper));
        assertEquals("(18) r1 = " + text, line.instruction());
        assertEquals(16, line.raw().size());
    }

    @Test
    void a_wide_load_without_its_second_half_is_a_bug() {
        assertEquals("BUG_ld_18", only(insn(0x18, 1, 0, 0, 5)).instruction());
    }

    @Test
    void every_helper_of_the_frozen_list_has_its_name() {
        assertEquals("bpf_unspec", HelperNames.of(0).orElseThrow());
        assertEquals("bpf_redirect", HelperNames.of(23).orElseThrow());
        assertEquals("bpf_sk_lookup_tcp", HelperNames.of(84).orElseThrow());
        assertEquals("bpf_loop", HelperNames.of(181).orElseThrow());
        assertEquals("bpf_user_ringbuf_drain", HelperNames.of(209).orElseThrow());
        assertEquals("bpf_cgrp_storage_delete", HelperNames.of(211).orElseThrow());
        assertEquals(
                OptionalInt.empty(),
                HelperNames.of(212).stream().mapToInt(String::length).findFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "05, 0, 1, 0, 2",
        "05, 0, -2, 0, -1",
        "05, 0, 0, 0, 1",
        "06, 0, 9, 1, 2",
        "15, 0, 1, 9, 2",
        "e5, 0, 1, 9, 2",
        "85, 1, 1, 9, 2",
        "85, 0, 1, 1, -1",
        "95, 0, 1, 1, -1",
        "05, 0, 99, 0, -1"
    })
    void a_jump_tells_the_index_it_leads_to_inside_the_program(String code, int src, int off, int imm, int target) {
        byte[] rest = concat(insn(0x95, 0, 0, 0, 0), insn(0x95, 0, 0, 0, 0));
        Disassembly all = Disassembly.of(dump(concat(insn(Integer.parseInt(code, 16), 0, src, off, imm), rest)));
        CodeLine.Instruction first = (CodeLine.Instruction) all.lines().get(0);
        assertEquals(target < 0 ? OptionalInt.empty() : OptionalInt.of(target), first.target());
    }

    @Test
    void bytes_behind_the_last_instruction_are_said_to_be_left_over() {
        Disassembly disassembly = Disassembly.of(dump(concat(insn(0x95, 0, 0, 0, 0), new byte[] {1, 2, (byte) 0xff})));
        assertEquals("; 3 bytes left over: 0102ff", disassembly.lines().get(1).text());
        assertEquals("3 bytes are no whole instruction", disassembly.problem().orElseThrow());
        assertEquals(1, disassembly.instructions());
    }

    @Test
    void without_instructions_the_reason_stands_in_their_place() {
        ProgramDump hidden = new ProgramDump(
                1,
                new Reading.Denied<>("CAP_BPF"),
                Bytes.EMPTY,
                Bytes.EMPTY,
                0,
                Bytes.EMPTY,
                0,
                List.of(),
                OptionalLong.empty(),
                List.of(),
                Map.of());
        assertEquals("needs CAP_BPF", Disassembly.of(hidden).problem().orElseThrow());
    }

    private static CodeLine.Instruction only(byte[]... code) {
        Disassembly disassembly = Disassembly.of(dump(concat(code)));
        assertEquals(1, disassembly.lines().size());
        return (CodeLine.Instruction) disassembly.lines().get(0);
    }

    private static ProgramDump dump(byte[] code) {
        return new ProgramDump(
                1,
                Reading.of(Bytes.copyOf(code)),
                Bytes.EMPTY,
                Bytes.EMPTY,
                0,
                Bytes.EMPTY,
                0,
                List.of(),
                OptionalLong.of(0x1000),
                List.of(0x1000L, 0x2000L, 0x3000L, 0L),
                Map.of(0x2000L, "bpf_prog_0123_sub"));
    }

    private static byte[] insn(int code, int dst, int src, int off, int imm) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) code)
                .put((byte) (src << 4 | dst))
                .putShort((short) off)
                .putInt(imm)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(parts.length * 64);
        for (byte[] part : parts) {
            all.put(part);
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }
}

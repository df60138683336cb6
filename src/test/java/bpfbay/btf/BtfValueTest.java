package bpfbay.btf;

import static bpfbay.btf.BlobBuilder.ARRAY;
import static bpfbay.btf.BlobBuilder.DATASEC;
import static bpfbay.btf.BlobBuilder.ENUM;
import static bpfbay.btf.BlobBuilder.ENUM64;
import static bpfbay.btf.BlobBuilder.FLOAT;
import static bpfbay.btf.BlobBuilder.KIND_FLAG;
import static bpfbay.btf.BlobBuilder.PTR;
import static bpfbay.btf.BlobBuilder.STRUCT;
import static bpfbay.btf.BlobBuilder.TYPEDEF;
import static bpfbay.btf.BlobBuilder.VAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Bytes;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BtfValueTest {
    private BlobBuilder b;
    private int s32;
    private int u16;
    private int u8;
    private int character;

    @BeforeEach
    void begin() {
        b = new BlobBuilder();
        s32 = b.integer("int", 4, 1);
        u16 = b.type(TYPEDEF, b.string("__u16"), 0, b.integer("unsigned short", 2, 0));
        u8 = b.integer("unsigned char", 1, 0);
        character = b.integer("char", 1, 1);
    }

    @Test
    void integers_read_by_sign_and_width() {
        assertEquals("-2", value(s32, "feffffff"));
        assertEquals("65534", value(u16, "feff"));
        assertEquals("18446744073709551615", value(b.integer("u64", 8, 0), "ffffffffffffffff"));
        assertEquals("true", value(b.integer("bool", 1, 4), "01"));
        assertEquals("'x'", value(b.integer("char8", 1, 2), "78"));
        assertEquals("0x7", value(b.integer("char8", 1, 2), "07"));
        assertEquals(
                "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
                value(b.integer("__int128", 16, 0), "000102030405060708090a0b0c0d0e0f"));
    }

    @Test
    void a_struct_shows_its_members_by_name() {
        int name = b.type(ARRAY, 0, 0, 0, character, s32, 8);
        int mac = b.type(ARRAY, 0, 0, 0, u8, s32, 6);
        int ports = b.type(ARRAY, 0, 0, 0, u16, s32, 2);
        int pointer = b.type(PTR, 0, 0, 0);
        int key = b.type(
                STRUCT,
                b.string("key"),
                5,
                32,
                b.string("saddr"),
                s32,
                0,
                b.string("ports"),
                ports,
                32,
                b.string("name"),
                name,
                64,
                b.string("mac"),
                mac,
                128,
                b.string("p"),
                pointer,
                192);

        assertEquals(
                "{saddr=1, ports=[80, 443], name=\"eth0\", mac=[02 00 00 00 00 01], p=0xffff888000000010}",
                value(key, "01000000" + "5000bb01" + "65746830000000ff" + "0200000000010000" + "100000008088ffff"));
    }

    @Test
    void bitfields_take_their_bits_only() {
        int key = b.type(
                STRUCT | KIND_FLAG,
                b.string("bits"),
                3,
                4,
                b.string("low"),
                u16,
                3 << 24,
                b.string("across"),
                u16,
                9 << 24 | 3,
                b.string("signed"),
                s32,
                4 << 24 | 12);
        assertEquals("{low=5, across=300, signed=-1}", value(key, "65f90000"));
    }

    @Test
    void enums_read_by_name_and_unknown_values_by_number() {
        int state = b.type(ENUM | KIND_FLAG, b.string("state"), 2, 4, b.string("DOWN"), -1, b.string("UP"), 1);
        int wide = b.type(ENUM64, b.string("wide"), 1, 8, b.string("TOP"), 0, 0x80000000);
        assertEquals("DOWN", value(state, "ffffffff"));
        assertEquals("7", value(state, "07000000"));
        assertEquals("TOP", value(wide, "0000000000000080"));
    }

    @Test
    void text_is_text_only_when_it_is_printable_and_ends() {
        int text = b.type(ARRAY, 0, 0, 0, character, s32, 4);
        assertEquals("\"a\\\"b\"", value(text, "61226200"));
        assertEquals("[61 62 63 64]", value(text, "61626364"));
        assertEquals("[61 1b 5b 00]", value(text, "611b5b00"));
    }

    @Test
    void floats_and_sections_read_too() {
        int variable = b.type(VAR, b.string("limit"), 0, s32, 1);
        int other = b.type(VAR, b.string("port"), 0, u16, 1);
        int section = b.type(DATASEC, b.string(".data"), 2, 8, variable, 0, 4, other, 4, 2);
        assertEquals("{limit=3, port=80}", value(section, "0300000050000000"));
        assertEquals("1.5", value(b.type(FLOAT, b.string("double"), 0, 8), "000000000000f83f"));
        assertEquals("1.5", value(b.type(FLOAT, b.string("float"), 0, 4), "0000c03f"));
    }

    @Test
    void bytes_that_do_not_fit_their_type_stand_in_hexadecimal() {
        assertEquals("01 02 03", value(s32, "010203"));
        assertEquals("01 02", value(0, "0102"));
        assertEquals("01", value(999, "01"));
    }

    @Test
    void values_of_all_processors_lie_at_multiples_of_eight() {
        assertEquals(
                List.of("1", "2"), BtfValue.perCpu(b.parse(), s32, bytes("0100000000000000" + "02000000ffffffff"), 4));
        assertEquals(List.of(), BtfValue.perCpu(b.parse(), s32, bytes("01"), Integer.MAX_VALUE));
    }

    @Test
    void a_large_value_is_cut() {
        int table = b.type(ARRAY, 0, 0, 0, s32, s32, 5000);
        String text = value(table, "01000000".repeat(5000));
        assertTrue(text.endsWith("…]"));
        assertTrue(text.length() < 2000);
    }

    private String value(int id, String hex) {
        return BtfValue.of(b.parse(), id, bytes(hex));
    }

    private static Bytes bytes(String hex) {
        return Bytes.copyOf(HexFormat.of().parseHex(hex));
    }
}

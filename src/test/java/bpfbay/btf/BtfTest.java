package bpfbay.btf;

import static bpfbay.btf.BlobBuilder.ARRAY;
import static bpfbay.btf.BlobBuilder.CONST;
import static bpfbay.btf.BlobBuilder.DATASEC;
import static bpfbay.btf.BlobBuilder.DECL_TAG;
import static bpfbay.btf.BlobBuilder.ENUM;
import static bpfbay.btf.BlobBuilder.ENUM64;
import static bpfbay.btf.BlobBuilder.FLOAT;
import static bpfbay.btf.BlobBuilder.FUNC;
import static bpfbay.btf.BlobBuilder.FUNC_PROTO;
import static bpfbay.btf.BlobBuilder.FWD;
import static bpfbay.btf.BlobBuilder.KIND_FLAG;
import static bpfbay.btf.BlobBuilder.PTR;
import static bpfbay.btf.BlobBuilder.STRUCT;
import static bpfbay.btf.BlobBuilder.TYPEDEF;
import static bpfbay.btf.BlobBuilder.TYPE_TAG;
import static bpfbay.btf.BlobBuilder.VAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BtfTest {
    @Test
    void every_kind_is_read_with_what_belongs_to_it() {
        BlobBuilder b = new BlobBuilder();
        int integer = b.integer("int", 4, 1);
        int struct =
                b.type(STRUCT | KIND_FLAG, b.string("key"), 2, 8, b.string("a"), integer, 3 << 24 | 5, 0, integer, 32);
        int array = b.type(ARRAY, 0, 0, 0, integer, integer, 7);
        int enumeration = b.type(ENUM | KIND_FLAG, b.string("e"), 1, 4, b.string("MINUS"), -1);
        int wide = b.type(ENUM64, 0, 1, 8, b.string("BIG"), 1, 0x80000000);
        int forward = b.type(FWD | KIND_FLAG, b.string("later"), 0, 0);
        int function = b.type(FUNC, b.string("main"), 1, 9);
        int variable = b.type(VAR, b.string("v"), 0, integer, 1);
        int prototype = b.type(FUNC_PROTO, 0, 1, integer, b.string("ctx"), struct);
        int section = b.type(DATASEC, b.string(".data"), 1, 4, variable, 16, 4);
        int floating = b.type(FLOAT, b.string("double"), 0, 8);
        int tag = b.type(DECL_TAG, b.string("note"), 0, struct, 1);
        int typeTag = b.type(TYPE_TAG, b.string("kptr"), 0, struct);
        Btf btf = b.parse();

        assertEquals(Optional.empty(), btf.problem());
        assertEquals(14, btf.typeCount());
        assertEquals(new BtfType.NoType(), type(btf, 0));
        assertEquals(new BtfType.Int(Optional.of("int"), 4, BtfType.Encoding.SIGNED, 0, 32), type(btf, integer));
        assertEquals(
                new BtfType.Composite(
                        BtfType.CompositeKind.STRUCT,
                        Optional.of("key"),
                        8,
                        List.of(
                                new BtfType.Member(Optional.of("a"), integer, 5, OptionalInt.of(3)),
                                new BtfType.Member(Optional.empty(), integer, 32, OptionalInt.empty()))),
                type(btf, struct));
        assertEquals(new BtfType.Array(integer, integer, 7), type(btf, array));
        assertEquals(
                new BtfType.Enumeration(
                        Optional.of("e"),
                        4,
                        BtfType.Signedness.SIGNED,
                        List.of(new BtfType.Enumerator(Optional.of("MINUS"), -1))),
                type(btf, enumeration));
        assertEquals(
                new BtfType.Enumeration(
                        Optional.empty(),
                        8,
                        BtfType.Signedness.UNSIGNED,
                        List.of(new BtfType.Enumerator(Optional.of("BIG"), 0x80000000_00000001L))),
                type(btf, wide));
        assertEquals(new BtfType.Forward(BtfType.CompositeKind.UNION, Optional.of("later")), type(btf, forward));
        assertEquals(new BtfType.Function(Optional.of("main"), prototype, 1), type(btf, function));
        assertEquals(new BtfType.Variable(Optional.of("v"), integer, 1), type(btf, variable));
        assertEquals(
                new BtfType.Prototype(integer, List.of(new BtfType.Parameter(Optional.of("ctx"), struct))),
                type(btf, prototype));
        assertEquals(
                new BtfType.Section(Optional.of(".data"), 4, List.of(new BtfType.Placement(variable, 16, 4))),
                type(btf, section));
        assertEquals(new BtfType.FloatingPoint(Optional.of("double"), 8), type(btf, floating));
        assertEquals(new BtfType.Tag(Optional.of("note"), struct, OptionalInt.of(1)), type(btf, tag));
        assertEquals(
                new BtfType.Modifier(BtfType.ModifierKind.TYPE_TAG, Optional.of("kptr"), struct), type(btf, typeTag));
    }

    @Test
    void functions_are_found_by_id_and_in_the_order_of_the_blob() {
        BlobBuilder b = new BlobBuilder();
        int integer = b.integer("int", 4, 1);
        int prototype = b.type(FUNC_PROTO, 0, 0, integer);
        int first = b.type(FUNC, b.string("a_name_longer_than_fifteen"), 1, prototype);
        b.type(FUNC, b.string("second"), 0, prototype);
        Btf btf = b.parse();

        assertEquals(Optional.of("a_name_longer_than_fifteen"), btf.functionName(first));
        assertEquals(Optional.empty(), btf.functionName(integer));
        assertEquals(Optional.empty(), btf.functionName(99));
        assertEquals(Optional.of("int"), btf.typeName(integer));
        assertEquals(List.of("a_name_longer_than_fifteen", "second"), btf.functionNames());
        assertEquals(OptionalInt.of(first + 1), btf.find(BtfType.Function.class, "second"));
        assertEquals(OptionalInt.empty(), btf.find(BtfType.Variable.class, "second"));
    }

    @Test
    void sizes_go_through_typedefs_arrays_and_pointers() {
        BlobBuilder b = new BlobBuilder();
        int word = b.integer("u32", 4, 0);
        int typedef = b.type(TYPEDEF, b.string("port"), 0, word);
        int constant = b.type(CONST, 0, 0, typedef);
        int row = b.type(ARRAY, 0, 0, 0, constant, word, 6);
        int table = b.type(ARRAY, 0, 0, 0, row, word, 5);
        int pointer = b.type(PTR, 0, 0, table);
        Btf btf = b.parse();

        assertEquals(OptionalLong.of(120), btf.sizeOf(table));
        assertEquals(OptionalLong.of(8), btf.sizeOf(pointer));
        assertEquals(OptionalLong.empty(), btf.sizeOf(0));
        assertEquals(btf.type(word), btf.resolve(constant));
    }

    @Test
    void a_circle_of_typedefs_ends() {
        BlobBuilder b = new BlobBuilder();
        b.type(TYPEDEF, b.string("a"), 0, 2);
        b.type(CONST, 0, 0, 1);
        b.type(ARRAY, 0, 0, 0, 3, 3, 0xffffffff);
        Btf btf = b.parse();

        assertEquals(Optional.empty(), btf.resolve(1));
        assertEquals(OptionalLong.empty(), btf.sizeOf(2));
        assertEquals(OptionalLong.empty(), btf.sizeOf(3));
    }

    @Test
    void an_unknown_kind_ends_the_types_with_a_reason() {
        BlobBuilder b = new BlobBuilder();
        b.integer("int", 4, 1);
        b.type(29, b.string("future"), 0, 4);
        b.integer("lost", 4, 1);
        Btf btf = b.parse();

        assertEquals(Optional.of("type 2 is of unknown kind 29"), btf.problem());
        assertEquals(2, btf.typeCount());
        assertEquals(Optional.of("int"), btf.typeName(1));
    }

    @Test
    void a_blob_cut_short_keeps_what_is_whole() {
        BlobBuilder b = new BlobBuilder();
        b.integer("int", 4, 1);
        b.integer("long", 8, 1);
        byte[] whole = b.blob();

        Btf noStrings = Btf.parse(Arrays.copyOf(whole, whole.length - 3));
        assertEquals(Optional.of("the string section ends 3 bytes behind the blob"), noStrings.problem());
        assertEquals(Optional.of("int"), noStrings.typeName(1));
        assertEquals(Optional.empty(), noStrings.typeName(2));
        assertEquals(
                Optional.of("type 2 is cut short"),
                Btf.parse(Arrays.copyOf(whole, 24 + 20)).problem());
        assertEquals(Optional.of("no BTF magic"), Btf.parse(new byte[64]).problem());
        assertEquals(
                Optional.of("5 bytes are no BTF header"), Btf.parse(new byte[5]).problem());
    }

    @Test
    void a_header_that_points_anywhere_is_survived() {
        for (int field = 4; field < 24; field += 4) {
            for (int value : new int[] {0, 1, 23, 0x7fffffff, 0x80000000, 0xffffffff}) {
                byte[] blob = new BlobBuilder().blob();
                ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).putInt(field, value);
                Btf btf = Btf.parse(blob);
                assertTrue(btf.typeCount() >= 1);
                assertEquals(List.of(), btf.functionNames());
            }
        }
    }

    @Test
    void a_name_offset_outside_the_strings_is_no_name() {
        BlobBuilder b = new BlobBuilder();
        b.type(FUNC, 0x7fffffff, 0, 0);
        b.type(FUNC, -5, 0, 0);
        Btf btf = b.parse();

        assertEquals(Optional.empty(), btf.functionName(1));
        assertEquals(Optional.empty(), btf.functionName(2));
        assertEquals(Optional.of(""), btf.string(0));
    }

    @Test
    void bytes_that_are_not_utf8_stay_exact_as_lone_surrogates() {
        BlobBuilder b = new BlobBuilder();
        int bad = b.string(new byte[] {'x', (byte) 0xff, (byte) 0xc3, (byte) 0xa4, (byte) 0xc3});
        assertEquals(Optional.of("x\udcff\u00e4\udcc3"), b.parse().string(bad));
    }

    @Test
    void a_blob_of_the_other_byte_order_reads_the_same() {
        BlobBuilder b = new BlobBuilder(ByteOrder.BIG_ENDIAN);
        int integer = b.integer("int", 4, 1);
        b.type(FUNC, b.string("f"), 1, b.type(FUNC_PROTO, 0, 0, integer));
        assertEquals(List.of("f"), b.parse().functionNames());
        assertEquals(OptionalLong.of(4), b.parse().sizeOf(integer));
    }

    @Test
    void a_module_counts_on_from_its_base() {
        BlobBuilder kernel = new BlobBuilder();
        int integer = kernel.integer("int", 4, 1);
        byte[] kernelBlob = kernel.blob();
        int strings = 1 + "int".length() + 1;
        BlobBuilder module = new BlobBuilder();
        int name = module.string("mod_fn");
        module.type(FUNC_PROTO, 0, 0, integer);
        module.type(FUNC, strings + name, 1, 2);
        Btf btf = Btf.parseOnBase(ByteBuffer.wrap(module.blob()), Btf.parse(kernelBlob));

        assertEquals(Optional.of("mod_fn"), btf.functionName(3));
        assertEquals(Optional.of("int"), btf.typeName(1));
        assertEquals(4, btf.typeCount());
    }

    private static BtfType type(Btf btf, int id) {
        return btf.type(id).orElseThrow();
    }
}

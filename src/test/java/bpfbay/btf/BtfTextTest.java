package bpfbay.btf;

import static bpfbay.btf.BlobBuilder.ARRAY;
import static bpfbay.btf.BlobBuilder.CONST;
import static bpfbay.btf.BlobBuilder.ENUM;
import static bpfbay.btf.BlobBuilder.FUNC;
import static bpfbay.btf.BlobBuilder.FUNC_PROTO;
import static bpfbay.btf.BlobBuilder.KIND_FLAG;
import static bpfbay.btf.BlobBuilder.PTR;
import static bpfbay.btf.BlobBuilder.STRUCT;
import static bpfbay.btf.BlobBuilder.TYPEDEF;
import static bpfbay.btf.BlobBuilder.TYPE_TAG;
import static bpfbay.btf.BlobBuilder.UNION;
import static bpfbay.btf.BlobBuilder.VOLATILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BtfTextTest {
    private BlobBuilder b;
    private int integer;
    private int character;
    private int u32;

    @BeforeEach
    void begin() {
        b = new BlobBuilder();
        integer = b.integer("int", 4, 1);
        character = b.integer("char", 1, 1);
        u32 = b.type(TYPEDEF, b.string("__u32"), 0, b.integer("unsigned int", 4, 0));
    }

    @Test
    void a_function_is_headed_as_bpftool_heads_it() {
        int context = b.type(STRUCT, b.string("xdp_md"), 0, 0);
        int pointer = b.type(PTR, 0, 0, context);
        int constant = b.type(PTR, 0, 0, b.type(CONST, 0, 0, character));
        int prototype = b.type(
                FUNC_PROTO, 0, 4, integer, b.string("ctx"), pointer, b.string("name"), constant, 0, pointer, 0, 0);
        int function = b.type(FUNC, b.string("xdp_fw"), 1, prototype);

        assertEquals(
                "int xdp_fw(struct xdp_md * ctx, const char * name, struct xdp_md *, ...)",
                BtfSignature.of(b.parse(), function));
    }

    @Test
    void a_function_without_a_prototype_keeps_its_name() {
        int lost = b.type(FUNC, b.string("lost"), 1, 999);
        assertEquals("lost", BtfSignature.of(b.parse(), lost));
        assertEquals("", BtfSignature.of(b.parse(), 999));
    }

    @Test
    void a_struct_is_defined_in_one_line_of_c() {
        int text = b.type(ARRAY, 0, 0, 0, character, integer, 16);
        int pointer = b.type(PTR, 0, 0, b.type(CONST, 0, 0, character));
        int callback = b.type(PTR, 0, 0, b.type(FUNC_PROTO, 0, 1, integer, b.string("x"), u32));
        int inner = b.type(UNION, 0, 2, 4, b.string("a"), u32, 0, b.string("b"), integer, 0);
        int rows = b.type(PTR, 0, 0, b.type(ARRAY, 0, 0, 0, u32, integer, 3));
        int key = b.type(
                STRUCT | KIND_FLAG,
                b.string("flow_key"),
                7,
                64,
                b.string("saddr"),
                u32,
                0,
                b.string("kind"),
                u32,
                3 << 24 | 32,
                b.string("name"),
                text,
                64,
                b.string("why"),
                pointer,
                192,
                b.string("fn"),
                callback,
                256,
                0,
                inner,
                320,
                b.string("rows"),
                rows,
                384);
        int constant = b.type(CONST, 0, 0, key);

        assertEquals(
                "struct flow_key { __u32 saddr; __u32 kind:3; char name[16]; const char *why; int (*fn)(__u32 x);"
                        + " union { __u32 a; int b; }; __u32 (*rows)[3]; }",
                BtfDefinition.of(b.parse(), constant));
    }

    @Test
    void other_types_are_defined_as_c_names_them() {
        int state = b.type(ENUM | KIND_FLAG, b.string("state"), 2, 4, b.string("DOWN"), -1, b.string("UP"), 1);
        int volatileState = b.type(VOLATILE, 0, 0, state);
        int constPointer = b.type(CONST, 0, 0, b.type(PTR, 0, 0, 0));
        int tagged = b.type(PTR, 0, 0, b.type(TYPE_TAG, b.string("kptr"), 0, state));

        assertEquals("enum state { DOWN = -1, UP = 1 }", BtfDefinition.of(b.parse(), volatileState));
        assertEquals("void *const", BtfDefinition.of(b.parse(), constPointer));
        assertEquals("enum state __kptr *", BtfDefinition.of(b.parse(), tagged));
        assertEquals("__u32", BtfDefinition.of(b.parse(), u32));
        assertEquals("", BtfDefinition.of(b.parse(), 999));
    }

    @Test
    void types_that_mean_themselves_end() {
        int first = b.type(PTR, 0, 0, u32 + 1);
        int anonymous = b.type(STRUCT, 0, 2, 8, b.string("a"), first + 1, 0, b.string("b"), first + 1, 0);
        int prototype = b.type(FUNC_PROTO, 0, 2, anonymous + 1, 0, anonymous + 1, 0, anonymous + 1);

        for (int id : new int[] {first, anonymous, prototype}) {
            assertTrue(BtfDefinition.of(b.parse(), id).contains("…"));
            assertTrue(BtfSignature.of(b.parse(), id).length() < 5000);
        }
    }
}

package bpfbay.btf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HostileBtfTest {
    /** Random entries behind a good header: everything can be asked of every id, and every answer is short. */
    @Property(tries = 3000)
    void random_types_never_throw_nor_run_away(@ForAll @Size(min = 24, max = 600) byte[] body, @ForAll byte fill) {
        byte[] blob = new byte[24 + body.length];
        ByteBuffer.wrap(blob)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xeb9f)
                .putShort((short) 1)
                .putInt(24)
                .putInt(0)
                .putInt(body.length)
                .putInt(0)
                .putInt(body.length)
                .put(body);
        /* A known kind and a small number of items, or hardly a type would be whole. */
        for (int at = 24; at + 12 <= blob.length; at += 12) {
            blob[at + 4] &= 3;
            blob[at + 5] = 0;
            blob[at + 7] = (byte) ((1 + (blob[at + 7] & 0x7f) % 19) | (blob[at + 7] & 0x80));
            if ((blob[at + 6] & 1) == 0) {
                ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 8, blob[at + 8] & 0x1f);
            }
        }
        ask(Btf.parse(blob), fill);
    }

    /** Random bytes as a whole blob. */
    @Property(tries = 1000)
    void random_blobs_never_throw(@ForAll @Size(max = 100) byte[] blob, @ForAll byte fill) {
        ask(Btf.parse(blob), fill);
    }

    /** A deep and wide nest of anonymous structs is cut. */
    @Property(tries = 20)
    void wide_nests_are_cut(@ForAll @IntRange(min = 1, max = 200) int depth) {
        BlobBuilder b = new BlobBuilder();
        int inner = b.integer("int", 4, 1);
        for (int i = 0; i < depth; i++) {
            inner = b.type(BlobBuilder.STRUCT, 0, 3, 4, 0, inner, 0, 0, inner, 0, 0, inner, 0);
        }
        Btf btf = b.parse();
        assertTrue(BtfDefinition.of(btf, inner).length() < 20000);
        assertTrue(BtfValue.of(btf, inner, Bytes.copyOf(new byte[4])).length() < 20000);
    }

    private static void ask(Btf btf, byte fill) {
        for (int id = -1; id <= btf.typeCount(); id++) {
            btf.typeName(id);
            btf.functionName(id);
            assertTrue(BtfSignature.of(btf, id).length() < 400_000);
            assertTrue(BtfDefinition.of(btf, id).length() < 400_000);
            long size = btf.sizeOf(id).orElse(0);
            if (size >= 0 && size < 5000) {
                byte[] value = new byte[(int) size];
                Arrays.fill(value, fill);
                assertTrue(BtfValue.of(btf, id, Bytes.copyOf(value)).length() < 400_000);
            }
        }
        btf.functionNames();
        btf.find(BtfType.Variable.class, "x");
    }
}

package bpfbay.btf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a BTF blob entry by entry, valid or not, little-endian unless said otherwise. */
public final class BlobBuilder {
    public static final int INT = 1;
    public static final int PTR = 2;
    public static final int ARRAY = 3;
    public static final int STRUCT = 4;
    public static final int UNION = 5;
    public static final int ENUM = 6;
    public static final int FWD = 7;
    public static final int TYPEDEF = 8;
    public static final int VOLATILE = 9;
    public static final int CONST = 10;
    public static final int FUNC = 12;
    public static final int FUNC_PROTO = 13;
    public static final int VAR = 14;
    public static final int DATASEC = 15;
    public static final int FLOAT = 16;
    public static final int DECL_TAG = 17;
    public static final int TYPE_TAG = 18;
    public static final int ENUM64 = 19;
    public static final int KIND_FLAG = 1 << 31;

    private final ByteOrder order;
    private final ByteArrayOutputStream types = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private int count;

    public BlobBuilder() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    public BlobBuilder(ByteOrder order) {
        this.order = order;
        strings.write(0);
    }

    /** The offset of a new string. */
    public int string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    public int string(byte[] bytes) {
        int offset = strings.size();
        strings.writeBytes(bytes);
        strings.write(0);
        return offset;
    }

    /** The id of a new type; {@code items} as in {@code info}, {@code trailer} the words behind it. */
    public int type(int kind, int name, int items, int sizeOrType, int... trailer) {
        word(name);
        word((kind & KIND_FLAG) | (kind & 0xff) << 24 | items);
        word(sizeOrType);
        for (int word : trailer) {
            word(word);
        }
        return ++count;
    }

    /** An int of so many bytes; encoding 0 unsigned, 1 signed, 2 char, 4 bool. */
    public int integer(String name, int bytes, int encoding) {
        return type(INT, string(name), 0, bytes, encoding << 24 | bytes * 8);
    }

    public byte[] blob() {
        byte[] typeBytes = types.toByteArray();
        byte[] stringBytes = strings.toByteArray();
        return ByteBuffer.allocate(24 + typeBytes.length + stringBytes.length)
                .order(order)
                .putShort((short) 0xeb9f)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(24)
                .putInt(0)
                .putInt(typeBytes.length)
                .putInt(typeBytes.length)
                .putInt(stringBytes.length)
                .put(typeBytes)
                .put(stringBytes)
                .array();
    }

    public Btf parse() {
        return Btf.parse(blob());
    }

    private void word(int value) {
        types.writeBytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }
}

package bpfbay.btf;

import bpfbay.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The key or value of a map, or any other bytes, by their type: {@code {saddr=1, port=[80, 443],
 * name="eth0", state=UP}}. Arrays of bytes stand in hexadecimal. Where the type does not fit the bytes they
 * stand alone, in hexadecimal. Ends with … where it grows too long to be read.
 */
public final class BtfValue {
    private static final int MAX_NODES = 400;
    private static final int MAX_HEX_BYTES = 256;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Btf btf;
    private final ByteBuffer bytes;
    private int nodes;

    private BtfValue(Btf btf, ByteBuffer bytes) {
        this.btf = btf;
        this.bytes = bytes;
    }

    /** The bytes as a value of that type; they must be as many as it takes. */
    public static String of(Btf btf, int id, Bytes bytes) {
        boolean fits = id != 0 && btf.sizeOf(id).orElse(-1) == bytes.size();
        return fits ? new BtfValue(btf, bytes.buffer()).at(id, 0) : hex(bytes.buffer(), 0, bytes.size());
    }

    /** The values of all processors, which lie in a row at multiples of eight bytes. */
    public static List<String> perCpu(Btf btf, int id, Bytes bytes, int valueBytes) {
        List<String> values = new ArrayList<>();
        int stride = (valueBytes + 7) / 8 * 8;
        for (int at = 0; valueBytes > 0 && stride > 0 && at <= bytes.size() - stride; at += stride) {
            byte[] one = new byte[valueBytes];
            bytes.buffer().get(at, one);
            values.add(of(btf, id, Bytes.copyOf(one)));
        }
        return values;
    }

    private String at(int id, long offset) {
        if (nodes++ >= MAX_NODES) {
            return "…";
        }
        Optional<BtfType> type = btf.resolve(id);
        return type.map(t -> t.match(new Value(offset))).orElse("?");
    }

    private static String hex(ByteBuffer bytes, int from, int to) {
        byte[] shown = new byte[Math.min(to - from, MAX_HEX_BYTES)];
        bytes.get(from, shown);
        return HEX.formatHex(shown) + (shown.length < to - from ? " …" : "");
    }

    /** {@code bits} bits from bit {@code from} on, as the compiler of this byte order lays bitfields out. */
    private Optional<Long> bits(long from, int bits) {
        if (bits > Long.SIZE || from < 0 || from + bits > bytes.limit() * 8L) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < bits; i++) {
            int octet = bytes.get((int) ((from + i) / 8));
            int place = (int) ((from + i) % 8);
            if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
                value |= (long) (octet >> place & 1) << i;
            } else {
                value = value << 1 | (octet >> (7 - place) & 1);
            }
        }
        return Optional.of(value);
    }

    private String number(BtfType.Encoding encoding, long firstBit, int bits) {
        if (bits > Long.SIZE && firstBit % 8 == 0 && bits % 8 == 0 && firstBit + bits <= bytes.limit() * 8L) {
            return hex(bytes, (int) (firstBit / 8), (int) ((firstBit + bits) / 8));
        }
        Optional<Long> raw = bits(firstBit, bits);
        return raw.map(value -> number(encoding, value, bits)).orElse("?");
    }

    private static String number(BtfType.Encoding encoding, Long raw, int bits) {
        return switch (encoding) {
            case UNSIGNED -> Long.toUnsignedString(raw);
            case SIGNED -> Long.toString(signExtended(raw, bits));
            case CHAR -> raw >= ' ' && raw <= '~' ? "'" + (char) raw.intValue() + "'" : "0x" + Long.toHexString(raw);
            case BOOL -> raw == 0 ? "false" : raw == 1 ? "true" : Long.toUnsignedString(raw);
        };
    }

    private static long signExtended(long raw, int bits) {
        int unused = bits == 0 ? 0 : Long.SIZE - bits;
        return (raw << unused) >> unused;
    }

    private String member(BtfType.Member member, long compositeOffset) {
        String name = member.name().map(n -> n + "=").orElse("");
        long bit = compositeOffset * 8 + member.bitOffset();
        OptionalInt width = member.bitfieldBits();
        BtfType type = btf.resolve(member.type()).orElse(new BtfType.NoType());
        if (width.isPresent()) {
            return name + bitfield(type, bit, width.getAsInt());
        }
        if (type instanceof BtfType.Int integer && (bit % 8 != 0 || integer.bits() != integer.size() * 8)) {
            return name + number(integer.encoding(), bit + integer.bitOffset(), integer.bits());
        }
        return name + at(member.type(), bit / 8);
    }

    private String bitfield(BtfType type, long bit, int width) {
        if (type instanceof BtfType.Int integer) {
            return number(integer.encoding(), bit, width);
        }
        if (type instanceof BtfType.Enumeration enumeration) {
            return enumerator(enumeration, bit, width);
        }
        return number(BtfType.Encoding.UNSIGNED, bit, width);
    }

    private String enumerator(BtfType.Enumeration type, long bit, int width) {
        boolean signed = type.signedness() == BtfType.Signedness.SIGNED;
        Optional<Long> raw = bits(bit, width);
        Optional<Long> value = signed ? raw.map(r -> signExtended(r, width)) : raw;
        Optional<String> name = value.flatMap(v -> type.enumerators().stream()
                .filter(e -> e.value() == v)
                .findFirst()
                .flatMap(BtfType.Enumerator::name));
        return name.or(() -> value.map(v -> signed ? Long.toString(v) : Long.toUnsignedString(v)))
                .orElse("?");
    }

    /** What stands at one offset. */
    private final class Value implements BtfType.Cases<String> {
        private final long offset;

        Value(long offset) {
            this.offset = offset;
        }

        private String unsigned(int size) {
            return size < 0 ? "?" : number(BtfType.Encoding.UNSIGNED, offset * 8, size * 8);
        }

        @Override
        public String onVoid() {
            return "?";
        }

        @Override
        public String onInt(BtfType.Int type) {
            return number(type.encoding(), offset * 8 + type.bitOffset(), type.bits());
        }

        @Override
        public String onFloat(BtfType.FloatingPoint type) {
            Optional<Long> raw = bits(offset * 8, type.size() == 4 ? Integer.SIZE : Long.SIZE);
            return switch (type.size()) {
                case 4 ->
                    raw.map(r -> Float.toString(Float.intBitsToFloat(r.intValue())))
                            .orElse("?");
                case 8 ->
                    raw.map(r -> Double.toString(Double.longBitsToDouble(r))).orElse("?");
                default -> unsigned(type.size());
            };
        }

        @Override
        public String onPointer(BtfType.Pointer type) {
            return bits(offset * 8, Long.SIZE)
                    .map(p -> "0x" + Long.toHexString(p))
                    .orElse("?");
        }

        @Override
        public String onArray(BtfType.Array type) {
            long size = btf.sizeOf(type.element()).orElse(0);
            if (size <= 0 || type.length() > (bytes.limit() - offset) / size) {
                return type.length() == 0 ? "[]" : "?";
            }
            BtfType element = btf.resolve(type.element()).orElse(new BtfType.NoType());
            if (element instanceof BtfType.Int integer && size == 1 && integer.encoding() != BtfType.Encoding.BOOL) {
                return octets(integer, (int) type.length());
            }
            List<String> elements = new ArrayList<>();
            for (long i = 0; i < type.length() && nodes <= MAX_NODES; i++) {
                elements.add(at(type.element(), offset + i * size));
            }
            return "[" + String.join(", ", elements) + "]";
        }

        /* Text where C says char and the bytes are printable up to a NUL. */
        private String octets(BtfType.Int type, int length) {
            int start = (int) offset;
            StringBuilder text = new StringBuilder();
            for (int i = start; i < start + length && bytes.get(i) >= ' ' && bytes.get(i) <= '~'; i++) {
                text.append((char) bytes.get(i));
            }
            boolean isChar = type.encoding() == BtfType.Encoding.CHAR
                    || type.name().filter("char"::equals).isPresent();
            boolean ends = text.length() < length && bytes.get(start + text.length()) == 0;
            return isChar && ends
                    ? '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                    : "[" + hex(bytes, start, start + length) + "]";
        }

        @Override
        public String onComposite(BtfType.Composite type) {
            return type.members().stream()
                    .takeWhile(m -> nodes <= MAX_NODES)
                    .map(m -> member(m, offset))
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        @Override
        public String onEnumeration(BtfType.Enumeration type) {
            return type.size() < 1 || type.size() > 8 ? "?" : enumerator(type, offset * 8, type.size() * 8);
        }

        @Override
        public String onForward(BtfType.Forward type) {
            return "?";
        }

        @Override
        public String onModifier(BtfType.Modifier type) {
            return at(type.type(), offset);
        }

        @Override
        public String onFunction(BtfType.Function type) {
            return "?";
        }

        @Override
        public String onPrototype(BtfType.Prototype type) {
            return "?";
        }

        @Override
        public String onVariable(BtfType.Variable type) {
            return at(type.type(), offset);
        }

        @Override
        public String onSection(BtfType.Section type) {
            return type.placements().stream()
                    .takeWhile(p -> nodes <= MAX_NODES)
                    .map(p -> btf.typeName(p.variable()).map(n -> n + "=").orElse("")
                            + at(p.variable(), offset + p.offset()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        @Override
        public String onTag(BtfType.Tag type) {
            return at(type.type(), offset);
        }
    }
}

package bpfbay.btf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type section: found entry by entry once, decoded on demand. An entry of an unknown kind ends the
 * walk, as nothing says where the next one starts.
 */
final class TypeTable {
    private static final int ENTRY_BYTES = 12;

    /* A decl tag on the type as a whole. */
    private static final int NO_COMPONENT = -1;

    private final ByteBuffer section;
    private final int[] starts;
    private final Optional<String> problem;

    TypeTable(ByteBuffer section) {
        this.section = section;
        int[] found = new int[Math.max(16, section.limit() / 16)];
        int count = 0;
        int at = 0;
        Optional<String> stopped = Optional.empty();
        while (at < section.limit() && stopped.isEmpty()) {
            int left = section.limit() - at;
            if (left < ENTRY_BYTES) {
                stopped = Optional.of("type " + (count + 1) + " is cut short");
                break;
            }
            int kindNumber = kindNumber(at);
            Optional<BtfKind> kind = BtfKind.of(kindNumber);
            if (kind.isEmpty()) {
                stopped = Optional.of("type " + (count + 1) + " is of unknown kind " + kindNumber);
                break;
            }
            int bytes = ENTRY_BYTES + kind.get().trailerBytes(items(at));
            if (bytes > left) {
                stopped = Optional.of("type " + (count + 1) + " is cut short");
                break;
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = at;
            at += bytes;
        }
        this.starts = Arrays.copyOf(found, count);
        this.problem = stopped;
    }

    Optional<String> problem() {
        return problem;
    }

    int count() {
        return starts.length;
    }

    boolean contains(int index) {
        return index >= 0 && index < starts.length;
    }

    BtfKind kind(int index) {
        return BtfKind.of(kindNumber(starts[index])).orElseThrow();
    }

    BtfType decode(int index, Btf names) {
        int at = starts[index];
        BtfKind kind = kind(index);
        Optional<String> name = name(names, at);
        int sizeOrType = section.getInt(at + 8);
        return switch (kind) {
            case INT -> integer(name, sizeOrType, section.getInt(at + ENTRY_BYTES));
            case FLOAT -> new BtfType.FloatingPoint(name, sizeOrType);
            case PTR -> new BtfType.Pointer(sizeOrType);
            case ARRAY -> new BtfType.Array(word(at, 0), word(at, 1), unsigned(word(at, 2)));
            case STRUCT -> composite(BtfType.CompositeKind.STRUCT, name, at, names);
            case UNION -> composite(BtfType.CompositeKind.UNION, name, at, names);
            case ENUM, ENUM64 -> enumeration(kind, name, at, names);
            case FWD ->
                new BtfType.Forward(kindFlag(at) ? BtfType.CompositeKind.UNION : BtfType.CompositeKind.STRUCT, name);
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG ->
                new BtfType.Modifier(kind.modifier().orElseThrow(), name, sizeOrType);
            case FUNC -> new BtfType.Function(name, sizeOrType, items(at));
            case FUNC_PROTO -> prototype(at, names);
            case VAR -> new BtfType.Variable(name, sizeOrType, word(at, 0));
            case DATASEC -> section(name, at);
            case DECL_TAG ->
                new BtfType.Tag(
                        name,
                        sizeOrType,
                        word(at, 0) == NO_COMPONENT ? OptionalInt.empty() : OptionalInt.of(word(at, 0)));
        };
    }

    private static BtfType integer(Optional<String> name, int size, int described) {
        int flags = described >>> 24 & 0xf;
        BtfType.Encoding encoding = (flags & 4) != 0
                ? BtfType.Encoding.BOOL
                : (flags & 2) != 0
                        ? BtfType.Encoding.CHAR
                        : (flags & 1) != 0 ? BtfType.Encoding.SIGNED : BtfType.Encoding.UNSIGNED;
        return new BtfType.Int(name, size, encoding, described >>> 16 & 0xff, described & 0xff);
    }

    private BtfType composite(BtfType.CompositeKind kind, Optional<String> name, int at, Btf names) {
        List<BtfType.Member> members = new ArrayList<>();
        for (int i = 0; i < items(at); i++) {
            int member = at + ENTRY_BYTES + 12 * i;
            long offset = unsigned(section.getInt(member + 8));
            /* With the kind flag the top byte is the width of a bitfield, 0 for none. */
            int bits = kindFlag(at) ? (int) (offset >>> 24) : 0;
            members.add(new BtfType.Member(
                    name(names, member),
                    section.getInt(member + 4),
                    kindFlag(at) ? offset & 0xffffff : offset,
                    bits == 0 ? OptionalInt.empty() : OptionalInt.of(bits)));
        }
        return new BtfType.Composite(kind, name, unsigned(section.getInt(at + 8)), members);
    }

    private BtfType enumeration(BtfKind kind, Optional<String> name, int at, Btf names) {
        BtfType.Signedness sign = kindFlag(at) ? BtfType.Signedness.SIGNED : BtfType.Signedness.UNSIGNED;
        List<BtfType.Enumerator> values = new ArrayList<>();
        for (int i = 0; i < items(at); i++) {
            int item = at + ENTRY_BYTES + (kind == BtfKind.ENUM64 ? 12 : 8) * i;
            int low = section.getInt(item + 4);
            long value = kind == BtfKind.ENUM64
                    ? unsigned(low) | unsigned(section.getInt(item + 8)) << 32
                    : kindFlag(at) ? low : unsigned(low);
            values.add(new BtfType.Enumerator(name(names, item), value));
        }
        return new BtfType.Enumeration(name, section.getInt(at + 8), sign, values);
    }

    private BtfType prototype(int at, Btf names) {
        List<BtfType.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < items(at); i++) {
            int item = at + ENTRY_BYTES + 8 * i;
            parameters.add(new BtfType.Parameter(name(names, item), section.getInt(item + 4)));
        }
        return new BtfType.Prototype(section.getInt(at + 8), parameters);
    }

    private BtfType section(Optional<String> name, int at) {
        List<BtfType.Placement> placements = new ArrayList<>();
        for (int i = 0; i < items(at); i++) {
            int item = at + ENTRY_BYTES + 12 * i;
            placements.add(new BtfType.Placement(
                    section.getInt(item), unsigned(section.getInt(item + 4)), unsigned(section.getInt(item + 8))));
        }
        return new BtfType.Section(name, unsigned(section.getInt(at + 8)), placements);
    }

    private Optional<String> name(Btf names, int at) {
        int offset = section.getInt(at);
        return offset == 0 ? Optional.empty() : names.string(offset);
    }

    private int kindNumber(int at) {
        return section.getInt(at + 4) >>> 24 & 0x1f;
    }

    private boolean kindFlag(int at) {
        return section.getInt(at + 4) < 0;
    }

    private int items(int at) {
        return section.getInt(at + 4) & 0xffff;
    }

    private int word(int at, int number) {
        return section.getInt(at + ENTRY_BYTES + 4 * number);
    }

    private static long unsigned(int u32) {
        return u32 & 0xffffffffL;
    }
}

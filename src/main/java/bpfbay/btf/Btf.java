package bpfbay.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A BTF blob as {@code bpf_btf_info.btf} holds it, in the byte order its magic shows. Reading never fails:
 * a blob that is cut short or wrong gives the types up to there and a {@link #problem}. Types are decoded
 * when asked for, so that the kernel's own BTF (megabytes) costs one walk.
 */
public final class Btf {
    /** No types but {@code void}, and no problem: what a program without BTF has. */
    public static final Btf NONE = new Btf(
            new BtfStrings(ByteBuffer.allocate(1), 0),
            new TypeTable(ByteBuffer.allocate(0)),
            Optional.empty(),
            Optional.empty());

    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_BYTES = 24;

    /* MAX_RESOLVE_DEPTH of kernel/bpf/btf.c: a longer chain cannot have been loaded. */
    static final int MAX_DEPTH = 32;

    private final BtfStrings strings;
    private final TypeTable types;
    private final Optional<Btf> base;
    private final Optional<String> problem;

    private Btf(BtfStrings strings, TypeTable types, Optional<Btf> base, Optional<String> problem) {
        this.strings = strings;
        this.types = types;
        this.base = base;
        this.problem = problem;
    }

    /** Reads the remaining bytes of {@code blob}, which stays untouched but must not change afterwards. */
    public static Btf parse(ByteBuffer blob) {
        return parse(blob, Optional.empty());
    }

    /** As {@link #parse(ByteBuffer)}. */
    public static Btf parse(byte[] blob) {
        return parse(ByteBuffer.wrap(blob));
    }

    /** Reads a module's BTF, whose ids and strings count on from those of {@code base}. */
    public static Btf parseOnBase(ByteBuffer blob, Btf base) {
        return parse(blob, Optional.of(base));
    }

    private static Btf parse(ByteBuffer blob, Optional<Btf> base) {
        ByteBuffer in = blob.slice();
        if (in.limit() < HEADER_BYTES) {
            return unreadable(base, in.limit() + " bytes are no BTF header");
        }
        in.order(ByteOrder.LITTLE_ENDIAN);
        if ((in.getShort(0) & 0xffff) != MAGIC) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
        if ((in.getShort(0) & 0xffff) != MAGIC) {
            return unreadable(base, "no BTF magic");
        }
        Sections sections = new Sections(in);
        int firstString = base.map(b -> b.strings.endOffset()).orElse(0);
        BtfStrings strings = new BtfStrings(sections.section("string", 16), firstString);
        TypeTable types = new TypeTable(sections.section("type", 8));
        Optional<String> problem = types.problem().or(sections::problem);
        return new Btf(strings, types, base, problem);
    }

    private static Btf unreadable(Optional<Btf> base, String why) {
        return new Btf(NONE.strings, NONE.types, base, Optional.of(why));
    }

    /** Why this is not the whole blob; empty when everything could be read. */
    public Optional<String> problem() {
        return problem;
    }

    /** One more than the highest type id, {@code void} counted. */
    public int typeCount() {
        return firstId() + types.count();
    }

    /** The string at that offset of the string section, the empty one at 0 included. */
    public Optional<String> string(int offset) {
        return offset >= 0 && offset < strings.firstOffset() ? base.flatMap(b -> b.string(offset)) : strings.at(offset);
    }

    /** The type of that id; empty for an id that is not in the blob. */
    public Optional<BtfType> type(int id) {
        if (id == 0) {
            return Optional.of(new BtfType.NoType());
        }
        if (id > 0 && id < firstId()) {
            return base.flatMap(b -> b.type(id));
        }
        return types.contains(id - firstId()) ? Optional.of(types.decode(id - firstId(), this)) : Optional.empty();
    }

    /** The type's own name; empty for what has none and for ids not in the blob. */
    public Optional<String> typeName(int id) {
        return type(id).flatMap(BtfType::name);
    }

    /** The name of the function of that id, {@code bpf_func_info.type_id}; empty when that id is no function. */
    public Optional<String> functionName(int id) {
        return type(id).filter(BtfType.Function.class::isInstance).flatMap(BtfType::name);
    }

    /** The names of all functions of this blob itself, in its order; a base's are not repeated. */
    public List<String> functionNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < types.count(); i++) {
            if (types.kind(i) == BtfKind.FUNC) {
                types.decode(i, this).name().ifPresent(names::add);
            }
        }
        return List.copyOf(names);
    }

    /** The first id of that name and shape in this blob itself. */
    public OptionalInt find(Class<? extends BtfType> shape, String name) {
        for (int i = 0; i < types.count(); i++) {
            BtfType type = types.decode(i, this);
            if (shape.isInstance(type) && type.name().filter(name::equals).isPresent()) {
                return OptionalInt.of(firstId() + i);
            }
        }
        return OptionalInt.empty();
    }

    /** The type behind typedefs, qualifiers and type tags; empty when the chain leads nowhere or in a circle. */
    public Optional<BtfType> resolve(int id) {
        Optional<BtfType> type = type(id);
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (type.isEmpty() || !(type.get() instanceof BtfType.Modifier modifier)) {
                return type;
            }
            type = type(modifier.type());
        }
        return Optional.empty();
    }

    /** The bytes a value of that type takes; empty for what has no size. */
    public OptionalLong sizeOf(int id) {
        return new BtfSize(this).of(id);
    }

    private int firstId() {
        return base.map(Btf::typeCount).orElse(1);
    }

    /** The header's two sections, cut to what is there. */
    private static final class Sections {
        private final ByteBuffer in;
        private final long headerBytes;
        private Optional<String> problem = Optional.empty();

        Sections(ByteBuffer in) {
            this.in = in;
            this.headerBytes = in.getInt(4) & 0xffffffffL;
        }

        Optional<String> problem() {
            return problem;
        }

        ByteBuffer section(String name, int headerOffset) {
            long start = headerBytes + (in.getInt(headerOffset) & 0xffffffffL);
            long end = start + (in.getInt(headerOffset + 4) & 0xffffffffL);
            if (end > in.limit()) {
                problem = Optional.of("the " + name + " section ends " + (end - in.limit()) + " bytes behind the blob");
            }
            int from = (int) Math.min(start, in.limit());
            int to = (int) Math.min(end, in.limit());
            return in.slice(from, to - from).order(in.order());
        }
    }
}

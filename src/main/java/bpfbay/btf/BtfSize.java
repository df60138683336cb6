package bpfbay.btf;

import java.util.OptionalLong;

/** How many bytes a value takes; empty for what has none, for circles and for sizes beyond a long. */
final class BtfSize implements BtfType.Cases<OptionalLong> {
    private static final long POINTER_BYTES = 8;

    private final Btf btf;
    private int depth;

    BtfSize(Btf btf) {
        this.btf = btf;
    }

    OptionalLong of(int id) {
        if (depth++ == Btf.MAX_DEPTH) {
            return OptionalLong.empty();
        }
        return btf.type(id).map(type -> type.match(this)).orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong onVoid() {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong onInt(BtfType.Int type) {
        return OptionalLong.of(type.size());
    }

    @Override
    public OptionalLong onFloat(BtfType.FloatingPoint type) {
        return OptionalLong.of(type.size());
    }

    @Override
    public OptionalLong onPointer(BtfType.Pointer type) {
        return OptionalLong.of(POINTER_BYTES);
    }

    @Override
    public OptionalLong onArray(BtfType.Array type) {
        OptionalLong element = of(type.element());
        if (element.isEmpty() || (type.length() != 0 && element.getAsLong() > Long.MAX_VALUE / type.length())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(element.getAsLong() * type.length());
    }

    @Override
    public OptionalLong onComposite(BtfType.Composite type) {
        return OptionalLong.of(type.size());
    }

    @Override
    public OptionalLong onEnumeration(BtfType.Enumeration type) {
        return OptionalLong.of(type.size());
    }

    @Override
    public OptionalLong onForward(BtfType.Forward type) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong onModifier(BtfType.Modifier type) {
        return of(type.type());
    }

    @Override
    public OptionalLong onFunction(BtfType.Function type) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong onPrototype(BtfType.Prototype type) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong onVariable(BtfType.Variable type) {
        return of(type.type());
    }

    @Override
    public OptionalLong onSection(BtfType.Section type) {
        return OptionalLong.of(type.size());
    }

    @Override
    public OptionalLong onTag(BtfType.Tag type) {
        return OptionalLong.empty();
    }
}

package bpfbay.btf;

/**
 * A type in a line, most usefully a function: {@code int xdp_fw(struct xdp_md * ctx)}. Spaced as bpftool
 * prints the functions of a program, unlike C where it nests arrays. Ends with … where a type is so deep or
 * wide that it cannot be meant.
 */
public final class BtfSignature implements BtfType.Cases<StringBuilder> {
    private static final int MAX_NODES = 500;

    private final Btf btf;
    private final StringBuilder out = new StringBuilder();
    private int nodes;

    private BtfSignature(Btf btf) {
        this.btf = btf;
    }

    /** Empty for an id that is not in the blob. */
    public static String of(Btf btf, int id) {
        return new BtfSignature(btf).add(id).toString().stripTrailing();
    }

    private StringBuilder add(int id) {
        if (nodes++ >= MAX_NODES) {
            return nodes == MAX_NODES + 1 ? out.append('…') : out;
        }
        return btf.type(id).map(type -> type.match(this)).orElse(out);
    }

    private StringBuilder word(BtfType type) {
        return out.append(type.name().orElse("")).append(' ');
    }

    @Override
    public StringBuilder onVoid() {
        return out.append("void ");
    }

    @Override
    public StringBuilder onInt(BtfType.Int type) {
        return word(type);
    }

    @Override
    public StringBuilder onFloat(BtfType.FloatingPoint type) {
        return word(type);
    }

    @Override
    public StringBuilder onPointer(BtfType.Pointer type) {
        return add(type.target()).append("* ");
    }

    @Override
    public StringBuilder onArray(BtfType.Array type) {
        return add(type.element()).append('[').append(type.length()).append(']');
    }

    @Override
    public StringBuilder onComposite(BtfType.Composite type) {
        out.append(type.kind().keyword()).append(' ');
        return word(type);
    }

    @Override
    public StringBuilder onEnumeration(BtfType.Enumeration type) {
        out.append("enum ");
        return word(type);
    }

    @Override
    public StringBuilder onForward(BtfType.Forward type) {
        out.append(type.kind().keyword()).append(' ');
        return word(type);
    }

    @Override
    public StringBuilder onModifier(BtfType.Modifier type) {
        return switch (type.kind()) {
            case TYPEDEF -> word(type);
            case CONST -> qualified("const ", type);
            case VOLATILE -> qualified("volatile ", type);
            case RESTRICT -> qualified("restrict ", type);
            case TYPE_TAG -> add(type.type());
        };
    }

    private StringBuilder qualified(String word, BtfType.Modifier type) {
        out.append(word);
        return add(type.type());
    }

    @Override
    public StringBuilder onFunction(BtfType.Function type) {
        return btf.type(type.prototype()).orElse(new BtfType.NoType()) instanceof BtfType.Prototype prototype
                ? function(type.name().orElse(""), prototype)
                : word(type);
    }

    @Override
    public StringBuilder onPrototype(BtfType.Prototype type) {
        return function("", type);
    }

    private StringBuilder function(String name, BtfType.Prototype type) {
        add(type.returns()).append(name).append('(');
        String separator = "";
        for (BtfType.Parameter parameter : type.parameters()) {
            if (nodes > MAX_NODES) {
                break;
            }
            out.append(separator);
            separator = ", ";
            if (parameter.type() == 0) {
                out.append("...");
                continue;
            }
            add(parameter.type()).append(parameter.name().orElse(""));
            if (parameter.name().isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
        }
        return out.append(')');
    }

    @Override
    public StringBuilder onVariable(BtfType.Variable type) {
        if (type.linkage() == 0) {
            out.append("static ");
        }
        return add(type.type()).append(' ').append(type.name().orElse(""));
    }

    @Override
    public StringBuilder onSection(BtfType.Section type) {
        return out.append("section (\"").append(type.name().orElse("")).append("\") ");
    }

    @Override
    public StringBuilder onTag(BtfType.Tag type) {
        return add(type.type());
    }
}

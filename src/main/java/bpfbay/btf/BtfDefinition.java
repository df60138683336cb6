package bpfbay.btf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A type defined in one line of C: {@code struct flow_key { __u32 saddr; __u16 port:4; char name[16]; }}.
 * Behind a typedef stands what it means; the members keep the names of theirs. Ends with … where a type is so
 * deep or wide that it cannot be meant.
 */
public final class BtfDefinition {
    private static final int MAX_NODES = 500;

    private final Btf btf;
    private int nodes;

    private BtfDefinition(Btf btf) {
        this.btf = btf;
    }

    /** Empty for an id that is not in the blob. */
    public static String of(Btf btf, int id) {
        BtfDefinition definition = new BtfDefinition(btf);
        BtfType type = btf.resolve(id).orElse(new BtfType.NoType());
        if (type instanceof BtfType.Composite composite) {
            return definition.body(composite);
        }
        if (type instanceof BtfType.Enumeration enumeration) {
            return body(enumeration);
        }
        return definition.declare(id, "").strip();
    }

    /** C's declaration of {@code declarator} as being of that type, from the inside out. */
    private String declare(int id, String declarator) {
        if (nodes++ >= MAX_NODES) {
            return "…";
        }
        return btf.type(id).map(type -> type.match(new Declaration(declarator))).orElse("");
    }

    private String body(BtfType.Composite type) {
        List<String> members = new ArrayList<>();
        for (BtfType.Member member : type.members()) {
            String width = member.bitfieldBits().isPresent()
                    ? ":" + member.bitfieldBits().getAsInt()
                    : "";
            members.add(declare(member.type(), member.name().orElse("") + width).strip() + ";");
            if (nodes > MAX_NODES) {
                break;
            }
        }
        return head(type.kind().keyword(), type.name()) + braced(String.join(" ", members));
    }

    private static String body(BtfType.Enumeration type) {
        String values = type.enumerators().stream()
                .limit(MAX_NODES)
                .map(e -> e.name().orElse("") + " = " + value(type, e))
                .collect(Collectors.joining(", "));
        return head("enum", type.name()) + braced(values);
    }

    private static String value(BtfType.Enumeration type, BtfType.Enumerator enumerator) {
        return type.signedness() == BtfType.Signedness.SIGNED
                ? Long.toString(enumerator.value())
                : Long.toUnsignedString(enumerator.value());
    }

    private static String braced(String inside) {
        return inside.isEmpty() ? " {}" : " { " + inside + " }";
    }

    private static String head(String keyword, Optional<String> name) {
        return keyword + name.map(" "::concat).orElse("");
    }

    private final class Declaration implements BtfType.Cases<String> {
        private final String declarator;

        Declaration(String declarator) {
            this.declarator = declarator;
        }

        private String base(String type) {
            return declarator.isEmpty() ? type : type + " " + declarator;
        }

        private String parameters(BtfType.Prototype type) {
            List<String> parameters = new ArrayList<>();
            for (BtfType.Parameter parameter : type.parameters()) {
                parameters.add(
                        parameter.type() == 0
                                ? "..."
                                : declare(parameter.type(), parameter.name().orElse("")));
                if (nodes > MAX_NODES) {
                    break;
                }
            }
            return "(" + (parameters.isEmpty() ? "void" : String.join(", ", parameters)) + ")";
        }

        @Override
        public String onVoid() {
            return base("void");
        }

        @Override
        public String onInt(BtfType.Int type) {
            return base(type.name().orElse("int"));
        }

        @Override
        public String onFloat(BtfType.FloatingPoint type) {
            return base(type.name().orElse("float"));
        }

        @Override
        public String onPointer(BtfType.Pointer type) {
            BtfType target = btf.resolve(type.target()).orElse(new BtfType.NoType());
            boolean binds = btf.type(type.target())
                            .filter(BtfType.Modifier.class::isInstance)
                            .isEmpty()
                    && (target instanceof BtfType.Array || target instanceof BtfType.Prototype);
            return declare(type.target(), binds ? "(*" + declarator + ")" : "*" + declarator);
        }

        @Override
        public String onArray(BtfType.Array type) {
            return declare(type.element(), declarator + "[" + type.length() + "]");
        }

        @Override
        public String onComposite(BtfType.Composite type) {
            return base(type.name().isPresent() ? head(type.kind().keyword(), type.name()) : body(type));
        }

        @Override
        public String onEnumeration(BtfType.Enumeration type) {
            return base(type.name().isPresent() ? head("enum", type.name()) : body(type));
        }

        @Override
        public String onForward(BtfType.Forward type) {
            return base(head(type.kind().keyword(), type.name()));
        }

        @Override
        public String onModifier(BtfType.Modifier type) {
            return switch (type.kind()) {
                case TYPEDEF -> base(type.name().orElse(""));
                case CONST -> qualified("const", type.type());
                case VOLATILE -> qualified("volatile", type.type());
                case RESTRICT -> qualified("restrict", type.type());
                /* The kernel's macros are named after their tags: __kptr, __percpu, __user. */
                case TYPE_TAG -> declare(type.type(), "__" + type.name().orElse("") + " " + declarator);
            };
        }

        private String qualified(String word, int id) {
            boolean isPointer =
                    btf.type(id).filter(BtfType.Pointer.class::isInstance).isPresent();
            return isPointer ? declare(id, word + " " + declarator) : word + " " + declare(id, declarator);
        }

        @Override
        public String onFunction(BtfType.Function type) {
            return declare(type.prototype(), type.name().orElse("") + declarator);
        }

        @Override
        public String onPrototype(BtfType.Prototype type) {
            return declare(type.returns(), declarator + parameters(type));
        }

        @Override
        public String onVariable(BtfType.Variable type) {
            return declare(type.type(), type.name().orElse("") + declarator);
        }

        @Override
        public String onSection(BtfType.Section type) {
            Function<BtfType.Placement, String> one = p -> declare(p.variable(), "") + ";";
            return "section " + type.name().orElse("")
                    + braced(type.placements().stream()
                            .takeWhile(p -> nodes <= MAX_NODES)
                            .map(one)
                            .collect(Collectors.joining(" ")));
        }

        @Override
        public String onTag(BtfType.Tag type) {
            return declare(type.type(), declarator);
        }
    }
}

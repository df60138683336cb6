package bpfbay.btf;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One type of a {@link Btf} blob, {@code struct btf_type} and what follows it ({@code
 * include/uapi/linux/btf.h}). Shape makes a record, not kind: struct and union are one, so are the
 * qualifiers. Other types are named by their id in the same blob; id 0 is {@code void}.
 */
public sealed interface BtfType {

    /** The name as C knows it; absent for what has none. */
    Optional<String> name();

    /** Calls the one case of {@code cases} that fits this type. */
    <R> R match(Cases<R> cases);

    /** One answer for each shape of type. */
    interface Cases<R> {
        R onVoid();

        R onInt(Int type);

        R onFloat(FloatingPoint type);

        R onPointer(Pointer type);

        R onArray(Array type);

        R onComposite(Composite type);

        R onEnumeration(Enumeration type);

        R onForward(Forward type);

        R onModifier(Modifier type);

        R onFunction(Function type);

        R onPrototype(Prototype type);

        R onVariable(Variable type);

        R onSection(Section type);

        R onTag(Tag type);
    }

    /** What the bits of an {@link Int} stand for. */
    enum Encoding {
        UNSIGNED,
        SIGNED,
        CHAR,
        BOOL
    }

    /** Whether an {@link Enumeration}'s values are signed. */
    enum Signedness {
        UNSIGNED,
        SIGNED
    }

    /** Which of C's two composites: its members follow or overlay each other. */
    enum CompositeKind {
        STRUCT,
        UNION;

        /** The C keyword. */
        public String keyword() {
            return this == STRUCT ? "struct" : "union";
        }
    }

    /** What a {@link Modifier} adds to the type it refers to. */
    enum ModifierKind {
        TYPEDEF,
        VOLATILE,
        CONST,
        RESTRICT,
        TYPE_TAG
    }

    /** Type id 0. */
    record NoType() implements BtfType {
        @Override
        public Optional<String> name() {
            return Optional.of("void");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onVoid();
        }
    }

    /** An integer of {@code bits} bits that start {@code bitOffset} bits into its {@code size} bytes. */
    record Int(Optional<String> name, int size, Encoding encoding, int bitOffset, int bits) implements BtfType {
        public Int {
            requireNonNull(name, "name");
            requireNonNull(encoding, "encoding");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onInt(this);
        }
    }

    /** A floating point number of {@code size} bytes. */
    record FloatingPoint(Optional<String> name, int size) implements BtfType {
        public FloatingPoint {
            requireNonNull(name, "name");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onFloat(this);
        }
    }

    /** A pointer; eight bytes in every BPF program, whatever the machine. */
    record Pointer(int target) implements BtfType {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onPointer(this);
        }
    }

    /** {@code length} elements (a u32, hence long). */
    record Array(int element, int index, long length) implements BtfType {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onArray(this);
        }
    }

    /** A struct or union with its members in the order of the source. */
    record Composite(CompositeKind kind, Optional<String> name, long size, List<Member> members) implements BtfType {
        public Composite {
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
            members = List.copyOf(members);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onComposite(this);
        }
    }

    /** A member that starts {@code bitOffset} bits into its composite; {@code bitfieldBits} only where the source says {@code : N}. */
    record Member(Optional<String> name, int type, long bitOffset, OptionalInt bitfieldBits) {
        public Member {
            requireNonNull(name, "name");
            requireNonNull(bitfieldBits, "bitfieldBits");
        }
    }

    /** An enum of {@code size} bytes, 64-bit ones included. */
    record Enumeration(Optional<String> name, int size, Signedness signedness, List<Enumerator> enumerators)
            implements BtfType {
        public Enumeration {
            requireNonNull(name, "name");
            requireNonNull(signedness, "signedness");
            enumerators = List.copyOf(enumerators);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onEnumeration(this);
        }
    }

    /** One named value of an enum, sign-extended when the enum is signed. */
    record Enumerator(Optional<String> name, long value) {
        public Enumerator {
            requireNonNull(name, "name");
        }
    }

    /** A composite that is only declared. */
    record Forward(CompositeKind kind, Optional<String> name) implements BtfType {
        public Forward {
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onForward(this);
        }
    }

    /** A typedef, qualifier or type tag around {@code type}; qualifiers have no name. */
    record Modifier(ModifierKind kind, Optional<String> name, int type) implements BtfType {
        public Modifier {
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onModifier(this);
        }
    }

    /** A function; {@code prototype} is the id of its {@link Prototype}, {@code linkage} 0 static, 1 global, 2 extern. */
    record Function(Optional<String> name, int prototype, int linkage) implements BtfType {
        public Function {
            requireNonNull(name, "name");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onFunction(this);
        }
    }

    /** What a function takes and returns. */
    record Prototype(int returns, List<Parameter> parameters) implements BtfType {
        public Prototype {
            parameters = List.copyOf(parameters);
        }

        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onPrototype(this);
        }
    }

    /** A parameter; type 0 in the last place is C's {@code ...}. */
    record Parameter(Optional<String> name, int type) {
        public Parameter {
            requireNonNull(name, "name");
        }
    }

    /** A global variable; {@code linkage} as for {@link Function}. */
    record Variable(Optional<String> name, int type, int linkage) implements BtfType {
        public Variable {
            requireNonNull(name, "name");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onVariable(this);
        }
    }

    /** An ELF data section ({@code .rodata}, {@code .maps}) with the variables in it. */
    record Section(Optional<String> name, long size, List<Placement> placements) implements BtfType {
        public Section {
            requireNonNull(name, "name");
            placements = List.copyOf(placements);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onSection(this);
        }
    }

    /** Where in its section the variable of id {@code variable} lies, in bytes. */
    record Placement(int variable, long offset, long size) {}

    /** A {@code btf_decl_tag} on {@code type}, or on its component (member, parameter) of that number. */
    record Tag(Optional<String> name, int type, OptionalInt component) implements BtfType {
        public Tag {
            requireNonNull(name, "name");
            requireNonNull(component, "component");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onTag(this);
        }
    }
}

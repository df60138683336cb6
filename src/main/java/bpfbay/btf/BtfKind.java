package bpfbay.btf;

import java.util.Optional;

/** {@code BTF_KIND_*} in the order of their numbers, which start at 1, and how many bytes each entry has behind its {@code struct btf_type}. */
enum BtfKind {
    INT(4, 0),
    PTR(0, 0),
    ARRAY(12, 0),
    STRUCT(0, 12),
    UNION(0, 12),
    ENUM(0, 8),
    FWD(0, 0),
    TYPEDEF(0, 0),
    VOLATILE(0, 0),
    CONST(0, 0),
    RESTRICT(0, 0),
    FUNC(0, 0),
    FUNC_PROTO(0, 8),
    VAR(4, 0),
    DATASEC(0, 12),
    FLOAT(0, 0),
    DECL_TAG(4, 0),
    TYPE_TAG(0, 0),
    ENUM64(0, 12);

    private static final BtfKind[] KINDS = values();

    private final int fixedBytes;
    private final int bytesPerItem;

    BtfKind(int fixedBytes, int bytesPerItem) {
        this.fixedBytes = fixedBytes;
        this.bytesPerItem = bytesPerItem;
    }

    /** The kind of that number; empty for one this reader does not know, whose size is unknown too. */
    static Optional<BtfKind> of(int number) {
        return number >= 1 && number <= KINDS.length ? Optional.of(KINDS[number - 1]) : Optional.empty();
    }

    /** The bytes behind {@code struct btf_type} with {@code items} members, values or parameters. */
    int trailerBytes(int items) {
        return fixedBytes + bytesPerItem * items;
    }

    /** What a {@link BtfType.Modifier} of this kind is; empty for kinds that are none. */
    Optional<BtfType.ModifierKind> modifier() {
        return switch (this) {
            case TYPEDEF -> Optional.of(BtfType.ModifierKind.TYPEDEF);
            case VOLATILE -> Optional.of(BtfType.ModifierKind.VOLATILE);
            case CONST -> Optional.of(BtfType.ModifierKind.CONST);
            case RESTRICT -> Optional.of(BtfType.ModifierKind.RESTRICT);
            case TYPE_TAG -> Optional.of(BtfType.ModifierKind.TYPE_TAG);
            default -> Optional.empty();
        };
    }
}

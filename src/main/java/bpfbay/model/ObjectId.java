package bpfbay.model;

import static java.util.Objects.requireNonNull;

/**
 * A BPF object of the running kernel. Ids are global to the host, u32, and handed out in a circle: the
 * same number may name another object later.
 */
public record ObjectId(Kind kind, int id) implements Comparable<ObjectId> {
    /** The three kinds of object that have an id, can be pinned and can be held by a descriptor. */
    public enum Kind {
        PROG("prog"),
        LINK("link"),
        MAP("map");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public ObjectId {
        requireNonNull(kind, "kind");
    }

    public static ObjectId prog(int id) {
        return new ObjectId(Kind.PROG, id);
    }

    public static ObjectId link(int id) {
        return new ObjectId(Kind.LINK, id);
    }

    public static ObjectId map(int id) {
        return new ObjectId(Kind.MAP, id);
    }

    @Override
    public int compareTo(ObjectId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compareUnsigned(id, other.id);
    }

    /* A key in every lookup: the generated ones are linked at run time and slow until compiled. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectId that && that.id == id && that.kind == kind;
    }

    /** Scattered: ids that follow each other would fill one run of an immutable map's slots. */
    @Override
    public int hashCode() {
        int mixed = id * 0x9e3779b9 + kind.label.charAt(0) * 0x85ebca6b;
        return mixed ^ mixed >>> 16;
    }

    /** As in a candidate or on the command line: {@code prog:4027}. */
    @Override
    public String toString() {
        return kind.label + ":" + Integer.toUnsignedString(id);
    }
}

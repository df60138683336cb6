package bpfbay.model;

/** One process holds one object, by at least one descriptor. */
public record Holding(ObjectId object, Holder holder) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Holding that && that.object.equals(object) && that.holder.equals(holder);
    }

    @Override
    public int hashCode() {
        return 31 * object.hashCode() + holder.hashCode();
    }
}

package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A process that stands behind an attachment or object.
 *
 * @param holds what it has a descriptor of: the link, the program, or only a map of the program
 * @param inferredBecause why it is likely the owner though it holds neither link nor program
 */
public record Owner(Holder holder, ObjectId.Kind holds, Optional<String> inferredBecause) {
    public Owner {
        requireNonNull(holder, "holder");
        requireNonNull(holds, "holds");
    }

    /** {@code xdpd 812}, {@code cilium-agent~ 1204} for one that is inferred. */
    public String label() {
        return holder.comm() + (isInferred() ? "~ " : " ") + holder.pid();
    }

    public boolean isInferred() {
        return inferredBecause.isPresent();
    }

    /* Compared for every object: the generated ones are linked at run time and slow until compiled. */

    @Override
    public boolean equals(Object other) {
        return other instanceof Owner that
                && that.holds == holds
                && that.holder.equals(holder)
                && that.inferredBecause.equals(inferredBecause);
    }

    @Override
    public int hashCode() {
        return holder.hashCode();
    }
}

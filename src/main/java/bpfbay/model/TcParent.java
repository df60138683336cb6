package bpfbay.model;

import java.util.Optional;

/** Where a tc filter hangs: {@code tcm_parent}, 16 bits major and 16 bits minor. */
public record TcParent(int handle) {
    public static final TcParent INGRESS = new TcParent(0xfffffff2);
    public static final TcParent EGRESS = new TcParent(0xfffffff3);

    /** The direction of a clsact or ingress qdisc's hook; empty on a classful qdisc. */
    public Optional<Direction> direction() {
        return equals(INGRESS)
                ? Optional.of(Direction.INGRESS)
                : equals(EGRESS) ? Optional.of(Direction.EGRESS) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcParent that && that.handle == handle;
    }

    @Override
    public int hashCode() {
        return handle;
    }

    /** As tc prints it, in hexadecimal without leading zeros: {@code 1:10}. */
    public String label() {
        return Integer.toHexString(handle >>> 16) + ":" + Integer.toHexString(handle & 0xffff);
    }
}

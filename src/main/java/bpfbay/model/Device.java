package bpfbay.model;

import static java.util.Objects.requireNonNull;

/** A network device as an attachment names it; (netns, ifindex) is its identity, the name may change. */
public record Device(long netns, int ifindex, String name) {
    public Device {
        requireNonNull(name, "name");
    }

    /* Compared for every attachment: the generated ones are linked at run time and slow until compiled. */

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that && that.ifindex == ifindex && that.netns == netns && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return 31 * ifindex + Long.hashCode(netns);
    }
}

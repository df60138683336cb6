package bpfbay.model;

import static java.util.Objects.requireNonNull;

/** A network device as an attachment names it; (netns, ifindex) is its identity, the name may change. */
public record Device(long netns, int ifindex, String name) {
    public Device {
        requireNonNull(name, "name");
    }
}

package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.history.Sight;

/** What is open on top of the list. */
public sealed interface Page {
    /** The list of the current view. */
    record Listing() implements Page {}

    /** Everything about one thing; the sight is the last one, shown when the thing is gone. */
    record Details(Identity of, Sight last) implements Page {}

    /** What a packet meets on one interface. */
    record Path(long netns, int ifindex, String name) implements Page {}

    /** The keys. */
    record Help() implements Page {}

    /** What could not be seen. */
    record Problems() implements Page {}

    /** Whether it is rows with a cursor, or lines that scroll. */
    default boolean isTable() {
        return this instanceof Listing || this instanceof Path;
    }
}

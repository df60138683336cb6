package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One program at one position of one hook. Its identity over time is {@link #key()}: positions drift.
 *
 * @param ref names it in one line, the same everywhere; it holds the position
 * @param position in running order within the place, from 1
 * @param progId absent for a classic BPF filter
 * @param revision of the whole hook's chain (tcx and netkit; cgroup since 6.17)
 * @param filter the filter's own facts, on tc only
 * @param attachFlags BPF_F_ALLOW_MULTI and its kin, on cgroup only
 * @param slot of a dispatcher, on freplace only
 */
public record Attachment(
        String ref,
        Place place,
        int position,
        Via via,
        OptionalInt progId,
        OptionalInt linkId,
        Reading<Long> revision,
        Optional<TcFilter> filter,
        OptionalInt attachFlags,
        OptionalInt slot) {
    public Attachment {
        requireNonNull(ref, "ref");
        requireNonNull(place, "place");
        requireNonNull(via, "via");
        requireNonNull(revision, "revision");
    }

    /**
     * What makes it the same attachment in a later snapshot: the hook, and within it the link, else the
     * filter's key, else the program. One XDP hook holds one program, so the hook alone is enough there.
     */
    public record Key(Place place, Object within) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && that.within.equals(within) && that.place.equals(place);
        }

        @Override
        public int hashCode() {
            return 31 * place.hashCode() + within.hashCode();
        }
    }

    public Key key() {
        if (place instanceof Place.Xdp xdp) {
            return new Key(
                    new Place.Xdp(
                            new Device(xdp.device().netns(), xdp.device().ifindex(), ""),
                            xdp.mode() == XdpMode.OFFLOADED ? XdpMode.OFFLOADED : XdpMode.NATIVE),
                    "xdp");
        }
        if (linkId.isPresent()) {
            return new Key(Places.unnamed(place), ObjectId.link(linkId.getAsInt()));
        }
        if (filter.isPresent()) {
            TcFilter f = filter.get();
            return new Key(Places.unnamed(place), new FilterKey(f.chain(), f.priority(), f.protocol(), f.handle()));
        }
        return new Key(Places.unnamed(place), ObjectId.prog(progId.orElse(0)));
    }

    /** What names one filter within its parent; replacing the program keeps it. */
    public record FilterKey(int chain, int priority, int protocol, int handle) {}

    /* Every picture in which one is another is compared with the one before by all of them. */

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Attachment that
                        && that.position == position
                        && that.via == via
                        && that.progId.equals(progId)
                        && that.linkId.equals(linkId)
                        && that.ref.equals(ref)
                        && that.place.equals(place)
                        && that.revision.equals(revision)
                        && that.filter.equals(filter)
                        && that.attachFlags.equals(attachFlags)
                        && that.slot.equals(slot));
    }

    @Override
    public int hashCode() {
        return 31 * ref.hashCode() + 7 * progId.hashCode() + linkId.hashCode();
    }
}

package bpfbay.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives attachments their refs, from the namespaces of one snapshot. What has no place in the grammar is
 * named by its link.
 */
public final class RefPrinter {
    private final Map<Long, Optional<String>> labels = new HashMap<>();

    public RefPrinter(List<NetNamespace> namespaces) {
        for (NetNamespace namespace : namespaces) {
            labels.put(namespace.inode(), namespace.isOwn() ? Optional.empty() : Optional.of(namespace.label()));
        }
    }

    /**
     * The ref of what stands at a position of a place.
     *
     * @param position from 1, in running order
     * @param filter on tc, where it is the name
     * @param slot of a dispatcher
     */
    public String print(Place place, int position, OptionalInt linkId, Optional<TcFilter> filter, OptionalInt slot) {
        Optional<Ref> ref = ref(place, position, filter, slot);
        if (ref.isPresent()) {
            return ref.get().text();
        } else if (linkId.isPresent()) {
            return new Ref.OfLink(linkId.getAsInt()).text();
        }
        return place.hook() + "/" + position;
    }

    private Optional<Ref> ref(Place place, int position, Optional<TcFilter> filter, OptionalInt slot) {
        if (place instanceof Place.Xdp p) {
            String device = p.device().name();
            return Optional.of(at(
                    p.device().netns(),
                    p.mode() == XdpMode.OFFLOADED ? new Ref.Spot.Offloaded(device) : new Ref.Spot.Xdp(device)));
        } else if (place instanceof Place.Tcx p) {
            return Optional.of(
                    at(p.device().netns(), new Ref.Spot.Tcx(p.device().name(), p.direction(), position)));
        } else if (place instanceof Place.Netkit p) {
            String side = p.attachType().equals(AttachType.NETKIT_PEER) ? "peer" : "primary";
            return Optional.of(
                    at(p.device().netns(), new Ref.Spot.Netkit(p.device().name(), side, position)));
        } else if (place instanceof Place.Tc p && filter.isPresent()) {
            Ref.FilterBase base = Ref.FilterBase.device(p.device().name());
            return Optional.of(at(p.device().netns(), filter(base, p.parent(), filter.get())));
        } else if (place instanceof Place.TcBlock p && filter.isPresent()) {
            Ref.FilterBase base = Ref.FilterBase.block(p.block());
            return Optional.of(at(p.netns(), filter(base, p.parent(), filter.get())));
        } else if (place instanceof Place.Cgroup p) {
            return Optional.of(
                    new Ref.OfCgroup(p.path(), withoutCgroup(p.attachType().label()), position));
        } else if (place instanceof Place.NetnsHook p) {
            return Optional.of(
                    at(p.netns(), new Ref.Spot.NetnsHook(p.attachType().label(), position)));
        } else if (place instanceof Place.NetfilterHook p && p.netns().isPresent()) {
            AttachTarget.Netfilter t = p.target();
            return Optional.of(at(
                    p.netns().getAsLong(),
                    new Ref.Spot.Netfilter(t.familyLabel(), t.hookLabel(), t.priority(), position)));
        } else if (place instanceof Place.Freplace p
                && slot.isPresent()
                && p.device().isPresent()) {
            Device device = p.device().get();
            return Optional.of(at(device.netns(), new Ref.Spot.Slot(device.name(), slot.getAsInt())));
        }
        return Optional.empty();
    }

    private static Ref.Spot filter(Ref.FilterBase base, TcParent parent, TcFilter f) {
        return new Ref.Spot.Filter(base, parent, f.priority(), f.handle(), f.chain(), f.protocolLabel());
    }

    private Ref at(long netns, Ref.Spot spot) {
        return new Ref.At(labels.getOrDefault(netns, Optional.of(Long.toUnsignedString(netns))), spot);
    }

    private static String withoutCgroup(String word) {
        return word.startsWith("cgroup_") ? word.substring("cgroup_".length()) : word;
    }
}

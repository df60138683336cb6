package bpfbay.collect;

import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.DeviceChain;
import bpfbay.model.Direction;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Place;
import bpfbay.model.Reading;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.Via;
import bpfbay.model.XdpState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The attachments of one namespace's interfaces, each in the order in which a packet meets them: in by
 * XDP, tcx and tc, out by tcx and tc, then the rest.
 */
final class NamespaceAssembler {
    private final NetNamespace namespace;
    private final NetworkView view;
    private final Attachments attachments;
    private final Set<Integer> taken;
    private final XdpJoin xdpLinks;
    private final Slots slots;
    private final Map<Integer, List<XdpState>> xdp = new HashMap<>();
    private final Map<Integer, List<DeviceChain>> chains = new HashMap<>();
    private final Map<Integer, List<TcFilter>> filters = new HashMap<>();
    private final List<Attachment> made = new ArrayList<>();

    NamespaceAssembler(
            NetNamespace namespace,
            NetworkView view,
            Attachments attachments,
            Set<Integer> taken,
            XdpJoin xdpLinks,
            Slots slots) {
        this.namespace = namespace;
        this.view = view;
        this.attachments = attachments;
        this.taken = taken;
        this.xdpLinks = xdpLinks;
        this.slots = slots;
        view.xdp().forEach(x -> xdp.computeIfAbsent(x.ifindex(), i -> new ArrayList<>(1))
                .add(x));
        view.chains().forEach(c -> chains.computeIfAbsent(c.ifindex(), i -> new ArrayList<>(2))
                .add(c));
        view.filters().forEach(f -> filters.computeIfAbsent(f.ifindex(), i -> new ArrayList<>(2))
                .add(f));
    }

    List<Attachment> assemble() {
        view.interfaces().forEach(this::device);
        tc(
                filters.getOrDefault(0, List.of()),
                filter -> new Place.TcBlock(namespace.inode(), filter.block().orElse(0), filter.parent()));
        return made;
    }

    private void device(NetInterface netInterface) {
        int ifindex = netInterface.ifindex();
        Device device = new Device(namespace.inode(), ifindex, netInterface.name());
        xdp.getOrDefault(ifindex, List.of()).forEach(state -> xdp(device, state));
        List<DeviceChain> own = chains.getOrDefault(ifindex, List.of());
        List<TcFilter> ownFilters = filters.getOrDefault(ifindex, List.of());
        if (own.isEmpty() && ownFilters.isEmpty()) {
            return;
        }
        chain(own, AttachType.TCX_INGRESS, new Place.Tcx(device, Direction.INGRESS));
        tc(device, ownFilters, Optional.of(Direction.INGRESS));
        chain(own, AttachType.TCX_EGRESS, new Place.Tcx(device, Direction.EGRESS));
        tc(device, ownFilters, Optional.of(Direction.EGRESS));
        tc(device, ownFilters, Optional.empty());
        chain(own, AttachType.NETKIT_PRIMARY, new Place.Netkit(device, AttachType.NETKIT_PRIMARY));
        chain(own, AttachType.NETKIT_PEER, new Place.Netkit(device, AttachType.NETKIT_PEER));
    }

    private void xdp(Device device, XdpState state) {
        OptionalInt link = xdpLinks.take(namespace.inode(), device.ifindex(), state.progId());
        made.add(attachments.plain(
                new Place.Xdp(device, state.mode()),
                1,
                link.isPresent() ? Via.LINK : Via.NETLINK,
                state.progId(),
                link));
        for (Slots.Slot slot : slots.take(state.progId())) {
            Place place = new Place.Freplace(
                    Optional.of(device),
                    state.progId(),
                    slot.target().btfId(),
                    slot.target().function());
            made.add(attachments.make(
                    place,
                    1,
                    Via.LINK,
                    OptionalInt.of(slot.link().progId()),
                    OptionalInt.of(slot.link().id()),
                    Attachments.NO_REVISION,
                    Optional.empty(),
                    OptionalInt.empty(),
                    slot.number()));
        }
    }

    private void chain(List<DeviceChain> own, AttachType type, Place place) {
        for (DeviceChain chain : own) {
            if (!chain.attachType().equals(type)) {
                continue;
            }
            int position = 1;
            for (DeviceChain.Entry entry : chain.entries()) {
                entry.linkId().ifPresent(taken::add);
                made.add(attachments.make(
                        place,
                        position++,
                        entry.linkId().isPresent() ? Via.LINK : Via.PROG,
                        OptionalInt.of(entry.progId()),
                        entry.linkId(),
                        Reading.of(chain.revision()),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()));
            }
        }
    }

    private void tc(Device device, List<TcFilter> own, Optional<Direction> direction) {
        List<TcFilter> there = new ArrayList<>(own.size());
        for (TcFilter filter : own) {
            if (filter.parent().direction().equals(direction)) {
                there.add(filter);
            }
        }
        tc(there, filter -> new Place.Tc(device, filter.parent()));
    }

    /** The kernel's list is in running order; each parent counts its own positions. */
    private void tc(List<TcFilter> there, Function<TcFilter, Place> placeOf) {
        if (there.isEmpty()) {
            return;
        }
        Map<TcParent, Integer> positions = new LinkedHashMap<>();
        for (TcFilter filter : there) {
            made.add(attachments.make(
                    placeOf.apply(filter),
                    positions.merge(filter.parent(), 1, Integer::sum),
                    Via.FILTER,
                    filter.progId(),
                    OptionalInt.empty(),
                    Attachments.NO_REVISION,
                    Optional.of(filter),
                    OptionalInt.empty(),
                    OptionalInt.empty()));
        }
    }
}

package bpfbay.swap;

import bpfbay.kernel.CgroupFolders;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.LinkType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finds the way for an attachment. No way leads over an empty hook. */
final class Ways {
    private static final int ALLOW_MULTI = 1 << 1;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+-]+");

    private final Snapshot snapshot;
    private final CgroupFolders cgroups;

    Ways(Snapshot snapshot, CgroupFolders cgroups) {
        this.snapshot = snapshot;
        this.cgroups = cgroups;
    }

    Way of(Attachment attachment) {
        Place place = attachment.place();
        if (place instanceof Place.Xdp xdp) {
            return xdp(attachment, xdp);
        } else if (place instanceof Place.Tcx tcx) {
            AttachType type = tcx.direction() == Direction.INGRESS ? AttachType.TCX_INGRESS : AttachType.TCX_EGRESS;
            return chain(attachment, tcx.device(), type, Primitive.TCX_LINK, Primitive.TCX_PROGRAM);
        } else if (place instanceof Place.Netkit netkit) {
            return chain(
                    attachment, netkit.device(), netkit.attachType(), Primitive.NETKIT_LINK, Primitive.NETKIT_PROGRAM);
        } else if (place instanceof Place.Cgroup cgroup) {
            return cgroup(attachment, cgroup);
        } else if (place instanceof Place.Tc tc) {
            return filter(attachment, tc.device().netns());
        } else if (place instanceof Place.TcBlock block) {
            return filter(attachment, block.netns());
        } else if (place instanceof Place.Freplace) {
            return none(
                    "a component of a dispatcher has no atomic way: its slot would be empty meanwhile",
                    "xdp-loader load and unload, which build a new dispatcher");
        } else if (place instanceof Place.NetnsHook) {
            return none("the hooks of a network namespace are not swapped by bpfbay", detach(attachment));
        } else if (place instanceof Place.NetfilterHook) {
            return none("the kernel cannot update a netfilter link", detach(attachment));
        } else if (place instanceof Place.Other other && other.type().equals(LinkType.TRACING)) {
            return none("the kernel cannot update a tracing link", detach(attachment));
        }
        return none("links of this kind are listed and not swapped", detach(attachment));
    }

    private Way xdp(Attachment attachment, Place.Xdp xdp) {
        if (xdp.mode() == XdpMode.OFFLOADED) {
            return none(
                    "an offloaded program is replaced by the device's own processor, with a gap",
                    plain(xdp.device().name(), "ip link set dev %s xdpoffload obj FILE"));
        }
        Optional<String> proviso = xdp.mode() == XdpMode.NATIVE ? untried(xdp.device()) : Optional.empty();
        if (attachment.via() == Via.LINK) {
            return byLink(attachment, Primitive.XDP_LINK, proviso);
        }
        return namespace(xdp.device().netns())
                .<Way>map(netns ->
                        new Way.Atomic(new SwapPlace.Xdp(netns, xdp.device().ifindex(), xdp.mode()), proviso))
                .orElseGet(Ways::unreachable);
    }

    /** Native XDP is replaced by the driver; that no packet is lost was seen on veth. */
    private Optional<String> untried(Device device) {
        Optional<String> kind = snapshot.interfaces().stream()
                .filter(i -> i.netns() == device.netns() && i.ifindex() == device.ifindex())
                .flatMap(i -> i.kind().stream())
                .findFirst();
        return kind.equals(Optional.of("veth"))
                ? Optional.empty()
                : Optional.of("seen without a gap on veth, not tried on "
                        + kind.map(name -> "driver " + name).orElse("the driver of " + device.name()));
    }

    private Way chain(Attachment attachment, Device device, AttachType type, Primitive byLink, Primitive byProgram) {
        if (attachment.via() == Via.LINK) {
            return byLink(attachment, byLink, Optional.empty());
        }
        return namespace(device.netns())
                .<Way>map(netns ->
                        new Way.Atomic(new SwapPlace.Chain(byProgram, netns, device.ifindex(), type), Optional.empty()))
                .orElseGet(Ways::unreachable);
    }

    private Way cgroup(Attachment attachment, Place.Cgroup cgroup) {
        if (attachment.via() == Via.LINK) {
            return byLink(attachment, Primitive.CGROUP_LINK, Optional.empty());
        }
        Optional<String> folder = cgroups.folder(cgroup.path());
        if ((attachment.attachFlags().orElse(0) & ALLOW_MULTI) == 0) {
            return none(
                    "an exclusive cgroup attachment is replaced by the kernel without looking whose it was",
                    plain(
                            folder.orElse(cgroup.path()),
                            "bpftool cgroup attach %s " + cgroup.attachType().label() + " id ID"));
        }
        return folder.<Way>map(path ->
                        new Way.Atomic(new SwapPlace.Cgroup(path, cgroup.id(), cgroup.attachType()), Optional.empty()))
                .orElseGet(() -> none("the cgroup is below no mount that can be seen from here", Optional.empty()));
    }

    private Way filter(Attachment attachment, long netns) {
        Optional<TcFilter> found = attachment.filter();
        if (found.isEmpty() || found.get().progId().isEmpty()) {
            return none(
                    "a classic BPF filter has no program id to compare and no way back",
                    "tc filter replace, with the filter's priority and handle");
        }
        TcFilter filter = found.get();
        return namespace(netns)
                .<Way>map(where -> new Way.Atomic(
                        new SwapPlace.Filter(
                                where,
                                filter.block().isPresent() ? 0 : filter.ifindex(),
                                filter.block(),
                                filter.parent(),
                                filter.chain(),
                                filter.priority(),
                                filter.protocol(),
                                filter.handle()),
                        Optional.empty()))
                .orElseGet(Ways::unreachable);
    }

    private static Way byLink(Attachment attachment, Primitive primitive, Optional<String> proviso) {
        OptionalInt link = attachment.linkId();
        return link.isPresent()
                ? new Way.Atomic(new SwapPlace.OfLink(primitive, link.getAsInt()), proviso)
                : none("the link's id is not known, so that it cannot be opened", Optional.empty());
    }

    private Optional<SwapPlace.Namespace> namespace(long inode) {
        return snapshot.namespaces().stream()
                .filter(netns -> netns.inode() == inode)
                .map(Ways::namespace)
                .findFirst();
    }

    private static SwapPlace.Namespace namespace(NetNamespace netns) {
        return new SwapPlace.Namespace(netns.path(), netns.inode());
    }

    private static Way unreachable() {
        return none("its network namespace cannot be reached", Optional.empty());
    }

    private static Optional<String> detach(Attachment attachment) {
        return attachment.linkId().isPresent()
                ? Optional.of("bpftool link detach id "
                        + Integer.toUnsignedString(attachment.linkId().getAsInt())
                        + " and an attach by its owner, with a gap")
                : Optional.empty();
    }

    /** A command is only offered where nobody's quoting can go wrong. */
    private static Optional<String> plain(String name, String command) {
        return PLAIN.matcher(name).matches() ? Optional.of(command.replace("%s", name)) : Optional.empty();
    }

    private static Way none(String reason, String command) {
        return none(reason, Optional.of(command));
    }

    private static Way none(String reason, Optional<String> command) {
        return new Way.None(reason, command);
    }

    /** The interface that an attachment's packets pass. */
    static Optional<NetInterface> device(Snapshot snapshot, Device device) {
        return snapshot.interfaces().stream()
                .filter(i -> i.netns() == device.netns() && i.ifindex() == device.ifindex())
                .findFirst();
    }
}

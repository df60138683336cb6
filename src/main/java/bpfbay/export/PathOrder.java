package bpfbay.export;

import bpfbay.export.PacketPath.Hook;
import bpfbay.export.PacketPath.Neighbour;
import bpfbay.export.PacketPath.Stage;
import bpfbay.export.PacketPath.Tie;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Snapshot;
import bpfbay.model.XdpMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/*
 * The order is that of the kernel's source; tests try the parts one would guess otherwise. Inwards: the driver's receive loop (native XDP),
 * __netif_receive_skb_core (generic XDP, then sch_handle_ingress: tcx, and tc unless tcx gave a verdict), ip_rcv
 * (netfilter prerouting, then input), the socket lookup, sk_filter (cgroup). Outwards: ip_local_out and ip_output
 * (netfilter output, postrouting), ip_finish_output (cgroup), __dev_queue_xmit (netfilter's own egress hook, then
 * sch_handle_egress: tcx, tc), the queueing discipline, ndo_start_xmit (where netkit runs its programs).
 */
/** Finds the path of a packet through one interface of a snapshot. */
public final class PathOrder {
    private static final int NF_PREROUTING = 0;
    private static final int NF_INPUT = 1;
    private static final int NF_OUTPUT = 3;
    private static final int NF_POSTROUTING = 4;
    private static final int NFPROTO_NETDEV = 5;

    private final NetInterface device;
    private final Snapshot snapshot;

    private PathOrder(NetInterface device, Snapshot snapshot) {
        this.device = device;
        this.snapshot = snapshot;
    }

    public static PacketPath of(NetInterface device, Snapshot snapshot) {
        PathOrder order = new PathOrder(device, snapshot);
        return new PacketPath(device, order.ingress(), order.egress(), order.neighbours());
    }

    private List<Stage> ingress() {
        return List.of(
                stage(Hook.XDP_OFFLOADED, a -> isHere(a) && isXdp(a, XdpMode.OFFLOADED)),
                nativeXdp(),
                stage(Hook.NETKIT_PEER, a -> isHere(a) && isNetkit(a, AttachType.NETKIT_PEER)),
                stage(Hook.XDP_GENERIC, a -> isHere(a) && isXdp(a, XdpMode.GENERIC)),
                stage(Hook.TCX_INGRESS, a -> isHere(a) && isTcx(a, Direction.INGRESS)),
                stage(Hook.TC_INGRESS, a -> isHere(a) && isTc(a, Direction.INGRESS)),
                netfilter(Hook.NETFILTER_INGRESS, List.of(NF_PREROUTING, NF_INPUT)),
                stage(Hook.SOCKET_LOOKUP, this::isSocketLookup),
                cgroup(Hook.CGROUP_INGRESS, AttachType.CGROUP_INET_INGRESS));
    }

    private List<Stage> egress() {
        return List.of(
                netfilter(Hook.NETFILTER_OUTPUT, List.of(NF_OUTPUT, NF_POSTROUTING)),
                cgroup(Hook.CGROUP_EGRESS, AttachType.CGROUP_INET_EGRESS),
                stage(Hook.NETFILTER_EGRESS, a -> isNetfilter(a, NFPROTO_NETDEV, 1)),
                stage(Hook.TCX_EGRESS, a -> isHere(a) && isTcx(a, Direction.EGRESS)),
                stage(Hook.TC_EGRESS, a -> isHere(a) && isTc(a, Direction.EGRESS)),
                stage(Hook.TC_CLASSFUL, a -> isHere(a) && isClassful(a)),
                stage(Hook.NETKIT_PRIMARY, a -> isHere(a) && isNetkit(a, AttachType.NETKIT_PRIMARY)));
    }

    private Stage stage(Hook hook, Predicate<Attachment> isMember) {
        return new Stage(hook, select(isMember), Optional.empty());
    }

    private List<Attachment> select(Predicate<Attachment> isMember) {
        return snapshot.attachments().stream().filter(isMember).toList();
    }

    /** A bond has no driver of its own: its program runs in the drivers of its slaves, which show none. */
    private Stage nativeXdp() {
        List<Attachment> own = select(a -> isHere(a) && (isXdp(a, XdpMode.NATIVE) || isSlot(a)));
        if (isBond(device) && !own.isEmpty()) {
            return new Stage(Hook.XDP_NATIVE, own, Optional.of("runs in the drivers of its slaves " + names(slaves())));
        }
        Optional<NetInterface> bond = master().filter(PathOrder::isBond);
        if (bond.isPresent() && own.isEmpty()) {
            List<Attachment> ofBond = select(a -> isOn(a, bond.get()) && isXdp(a, XdpMode.NATIVE));
            if (!ofBond.isEmpty()) {
                return new Stage(
                        Hook.XDP_NATIVE,
                        ofBond,
                        Optional.of("attached to " + bond.get().name() + ", runs here"));
            }
        }
        return new Stage(Hook.XDP_NATIVE, own, Optional.empty());
    }

    private Stage netfilter(Hook hook, List<Integer> hooks) {
        List<Attachment> found = new ArrayList<>();
        for (int number : hooks) {
            select(a -> isNetfilter(a, 2, number) || isNetfilter(a, 10, number)).stream()
                    .sorted(Comparator.comparingInt(PathOrder::priority))
                    .forEach(found::add);
        }
        return new Stage(hook, found, Optional.empty());
    }

    /** The programs of the socket's own cgroup run first, then those of its parents. */
    private Stage cgroup(Hook hook, AttachType type) {
        List<Attachment> found =
                select(a -> a.place() instanceof Place.Cgroup p
                                && p.attachType().equals(type))
                        .stream()
                        .sorted(Comparator.comparingInt(PathOrder::depth).reversed())
                        .toList();
        return new Stage(
                hook,
                found,
                found.isEmpty()
                        ? Optional.empty()
                        : Optional.of("each for sockets in that cgroup or below; the deepest first"));
    }

    private List<Neighbour> neighbours() {
        List<Neighbour> found = new ArrayList<>();
        for (NetInterface other : snapshot.interfaces()) {
            if (other.netns() != device.netns() || other.ifindex() == device.ifindex()) {
                continue;
            }
            if (device.lower().isPresent() && device.lower().getAsInt() == other.ifindex() && !isPair(device)) {
                found.add(new Neighbour(Tie.LOWER, other.name(), other.kind()));
            } else if (other.lower().isPresent() && other.lower().getAsInt() == device.ifindex() && !isPair(other)) {
                found.add(new Neighbour(Tie.UPPER, other.name(), other.kind()));
            } else if (isSlaveOf(other, device)) {
                found.add(new Neighbour(Tie.LOWER, other.name(), other.kind()));
            } else if (isSlaveOf(device, other)) {
                found.add(new Neighbour(Tie.UPPER, other.name(), other.kind()));
            } else if (device.lower().isPresent() && device.lower().getAsInt() == other.ifindex()) {
                found.add(new Neighbour(Tie.PEER, other.name(), other.kind()));
            }
        }
        if (device.peer().isPresent()) {
            found.add(new Neighbour(
                    Tie.PEER, "ifindex " + Words.u32(device.peer()) + " in another namespace", device.kind()));
        }
        found.sort(Comparator.comparing(Neighbour::tie));
        return found;
    }

    private Optional<NetInterface> master() {
        return snapshot.interfaces().stream()
                .filter(other -> isSlaveOf(device, other))
                .findFirst();
    }

    private List<NetInterface> slaves() {
        return snapshot.interfaces().stream()
                .filter(other -> isSlaveOf(other, device))
                .toList();
    }

    private static String names(List<NetInterface> devices) {
        return String.join(", ", devices.stream().map(NetInterface::name).toList());
    }

    private static boolean isSlaveOf(NetInterface slave, NetInterface master) {
        return slave.netns() == master.netns()
                && slave.master().isPresent()
                && slave.master().getAsInt() == master.ifindex();
    }

    private static boolean isBond(NetInterface device) {
        return device.kind().filter("bond"::equals).isPresent();
    }

    /** Two ends of one wire name each other by IFLA_LINK, and neither is below the other. */
    private static boolean isPair(NetInterface device) {
        return device.kind().filter(k -> k.equals("veth") || k.equals("netkit")).isPresent();
    }

    private boolean isHere(Attachment attachment) {
        return isOn(attachment, device);
    }

    private static boolean isOn(Attachment attachment, NetInterface on) {
        Optional<Device> place = Places.device(attachment.place());
        return place.filter(d -> d.netns() == on.netns() && d.ifindex() == on.ifindex())
                .isPresent();
    }

    private static boolean isXdp(Attachment attachment, XdpMode mode) {
        return attachment.place() instanceof Place.Xdp p && p.mode() == mode;
    }

    private static boolean isSlot(Attachment attachment) {
        return attachment.place() instanceof Place.Freplace;
    }

    private static boolean isTcx(Attachment attachment, Direction direction) {
        return attachment.place() instanceof Place.Tcx p && p.direction() == direction;
    }

    private static boolean isTc(Attachment attachment, Direction direction) {
        return attachment.place() instanceof Place.Tc p
                && p.parent().direction().filter(d -> d == direction).isPresent();
    }

    private static boolean isClassful(Attachment attachment) {
        return attachment.place() instanceof Place.Tc p
                && p.parent().direction().isEmpty();
    }

    private static boolean isNetkit(Attachment attachment, AttachType side) {
        return attachment.place() instanceof Place.Netkit p && p.attachType().equals(side);
    }

    private boolean isSocketLookup(Attachment attachment) {
        return attachment.place() instanceof Place.NetnsHook p
                && p.netns() == device.netns()
                && p.attachType().equals(AttachType.SK_LOOKUP);
    }

    private boolean isNetfilter(Attachment attachment, int family, int hook) {
        return attachment.place() instanceof Place.NetfilterHook p
                && (p.netns().isEmpty() || p.netns().getAsLong() == device.netns())
                && p.target().family() == family
                && p.target().hook() == hook;
    }

    private static int priority(Attachment attachment) {
        return attachment.place() instanceof Place.NetfilterHook p ? p.target().priority() : 0;
    }

    private static int depth(Attachment attachment) {
        return attachment.place() instanceof Place.Cgroup p && !p.path().equals("/")
                ? (int) p.path().chars().filter(c -> c == '/').count()
                : 0;
    }
}

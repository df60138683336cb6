package bpfbay.tui.table;

import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.NetNamespace;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.util.Optional;
import java.util.OptionalLong;

/** A hook in the few words of a table: {@code xdp native}, {@code tcx in  1}, {@code tc in 1:0x1}. */
public final class HookText {
    private HookText() {}

    public static String of(Attachment attachment) {
        Place place = attachment.place();
        int position = attachment.position();
        if (place instanceof Place.Xdp xdp) {
            return "xdp "
                    + (xdp.mode() == XdpMode.OFFLOADED ? "offload" : xdp.mode().label());
        } else if (place instanceof Place.Tc tc) {
            return "tc " + parent(tc.parent()) + " " + key(attachment);
        } else if (place instanceof Place.TcBlock block) {
            return "block " + block.block() + " " + parent(block.parent()) + " " + key(attachment);
        } else if (place instanceof Place.Tcx tcx) {
            return (tcx.direction() == Direction.INGRESS ? "tcx in  " : "tcx out ") + position;
        } else if (place instanceof Place.Netkit netkit) {
            return netkit.attachType().label().replace('_', ' ') + " " + position;
        } else if (place instanceof Place.Cgroup cgroup) {
            return cgroupType(cgroup) + " " + position;
        } else if (place instanceof Place.NetnsHook hook) {
            return hook.attachType().label() + " " + position;
        } else if (place instanceof Place.NetfilterHook hook) {
            return "nf " + hook.target().familyLabel() + " " + hook.target().hookLabel() + " "
                    + hook.target().priority();
        } else if (place instanceof Place.Freplace freplace) {
            return attachment.slot().isPresent()
                    ? "slot " + attachment.slot().getAsInt()
                    : "freplace " + freplace.function().orElse("");
        } else if (place instanceof Place.Other other) {
            return other.type().label() + " " + other.target().label();
        }
        return place.hook();
    }

    /** What stands in the first column: the device, the cgroup, or nothing where the hook is the namespace's. */
    public static String where(Attachment attachment) {
        if (attachment.place() instanceof Place.Cgroup cgroup) {
            return cgroup.path();
        } else if (attachment.place() instanceof Place.TcBlock block) {
            return "block:" + block.block();
        }
        return Places.device(attachment.place()).map(Device::name).orElse("—");
    }

    /** The namespace whose packets pass, where the hook belongs to one. */
    public static OptionalLong netns(Place place) {
        Optional<Device> device = Places.device(place);
        if (device.isPresent()) {
            return OptionalLong.of(device.get().netns());
        } else if (place instanceof Place.TcBlock block) {
            return OptionalLong.of(block.netns());
        } else if (place instanceof Place.NetnsHook hook) {
            return OptionalLong.of(hook.netns());
        } else if (place instanceof Place.NetfilterHook hook) {
            return hook.netns();
        }
        return OptionalLong.empty();
    }

    /** What a namespace is called: its name, else its inode. */
    public static String netnsLabel(Snapshot snapshot, long inode) {
        for (NetNamespace netns : snapshot.namespaces()) {
            if (netns.inode() == inode) {
                return netns.label();
            }
        }
        return Long.toUnsignedString(inode);
    }

    /** libbpf's word without {@code cgroup_}, as in a ref. */
    public static String cgroupType(Place.Cgroup cgroup) {
        String label = cgroup.attachType().label();
        return label.startsWith("cgroup_") ? label.substring("cgroup_".length()) : label;
    }

    /** Priority and handle, and the chain where it is not the first. */
    static String key(Attachment attachment) {
        Optional<TcFilter> filter = attachment.filter();
        return filter.map(f -> f.priority() + ":0x" + Integer.toHexString(f.handle())
                        + (f.chain() == 0 ? "" : " ch" + Integer.toUnsignedString(f.chain())))
                .orElse(String.valueOf(attachment.position()));
    }

    private static String parent(TcParent parent) {
        return parent.direction().map(HookText::brief).orElse(parent.label());
    }

    private static String brief(Direction direction) {
        return direction == Direction.INGRESS ? "in" : "out";
    }
}

package bpfbay.swap;

import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.TcFilter;

/** Names of hooks that stay the same while devices are renamed and positions drift. */
final class Hooks {
    private Hooks() {}

    /** What a lock is of. One of a shared block is the block's, whichever device showed it. */
    static String key(Attachment attachment) {
        Place place = attachment.place();
        if (attachment.filter().isPresent() && attachment.filter().get().block().isPresent()) {
            TcFilter filter = attachment.filter().get();
            return "tc " + netns(place) + " block " + filter.block().getAsInt() + " "
                    + filter.parent().label();
        } else if (place instanceof Place.Xdp p) {
            return "xdp " + device(p.device());
        } else if (place instanceof Place.Tc p) {
            return "tc " + device(p.device()) + " " + p.parent().label();
        } else if (place instanceof Place.Tcx p) {
            return "tcx " + device(p.device()) + " " + p.direction().label();
        } else if (place instanceof Place.Netkit p) {
            return "netkit " + device(p.device()) + " " + p.attachType().label();
        } else if (place instanceof Place.Cgroup p) {
            return "cgroup " + Long.toUnsignedString(p.id()) + " "
                    + p.attachType().label();
        }
        return place.hook() + " " + attachment.ref();
    }

    private static String netns(Place place) {
        if (place instanceof Place.TcBlock block) {
            return Long.toUnsignedString(block.netns());
        }
        return Places.device(place)
                .map(device -> Long.toUnsignedString(device.netns()))
                .orElse("");
    }

    private static String device(Device device) {
        return Long.toUnsignedString(device.netns()) + " " + Integer.toUnsignedString(device.ifindex());
    }

    /** What is typed to commit a swap of this one. */
    static String phrase(Attachment attachment) {
        Place place = attachment.place();
        if (place instanceof Place.Cgroup cgroup) {
            int slash = cgroup.path().lastIndexOf('/');
            return cgroup.path().equals("/") ? "/" : cgroup.path().substring(slash + 1);
        } else if (place instanceof Place.TcBlock block) {
            return "block:" + Integer.toUnsignedString(block.block());
        }
        return Places.device(place).map(Device::name).orElse(attachment.ref());
    }
}

package bpfbay.model;

import java.util.Optional;

/** Questions one asks of any place. */
public final class Places {
    private Places() {}

    /** The device whose packets pass the place, where it has one. */
    public static Optional<Device> device(Place place) {
        if (place instanceof Place.Xdp p) {
            return Optional.of(p.device());
        } else if (place instanceof Place.Tc p) {
            return Optional.of(p.device());
        } else if (place instanceof Place.Tcx p) {
            return Optional.of(p.device());
        } else if (place instanceof Place.Netkit p) {
            return Optional.of(p.device());
        } else if (place instanceof Place.Freplace p) {
            return p.device();
        }
        return Optional.empty();
    }

    /** Whether both are one place; a netfilter hook stays the same when its namespace becomes known. */
    public static boolean isSame(Place a, Place b) {
        boolean isLearned = a instanceof Place.NetfilterHook x
                && b instanceof Place.NetfilterHook y
                && x.target().isSameAs(y.target());
        return isLearned || a.equals(b);
    }

    /** The place as far as it stays the same: without a device's name, and a namespace learned later. */
    static Place unnamed(Place place) {
        if (place instanceof Place.Tc p) {
            return new Place.Tc(unnamed(p.device()), p.parent());
        } else if (place instanceof Place.Tcx p) {
            return new Place.Tcx(unnamed(p.device()), p.direction());
        } else if (place instanceof Place.Netkit p) {
            return new Place.Netkit(unnamed(p.device()), p.attachType());
        } else if (place instanceof Place.Xdp p) {
            return new Place.Xdp(unnamed(p.device()), p.mode());
        } else if (place instanceof Place.Freplace p) {
            return new Place.Freplace(p.device().map(Places::unnamed), p.targetProgId(), p.targetBtfId(), p.function());
        } else if (place instanceof Place.NetfilterHook p) {
            return new Place.Other(LinkType.NETFILTER, p.target().withoutNetns());
        } else if (place instanceof Place.Other p) {
            return new Place.Other(p.type(), p.target().withoutNetns());
        }
        return place;
    }

    private static Device unnamed(Device device) {
        return new Device(device.netns(), device.ifindex(), "");
    }
}

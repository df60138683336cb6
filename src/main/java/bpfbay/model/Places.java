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

    /** The place without its device's name, which may change while the place stays. */
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
        }
        return place;
    }

    private static Device unnamed(Device device) {
        return new Device(device.netns(), device.ifindex(), "");
    }
}

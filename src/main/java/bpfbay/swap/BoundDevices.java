package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.XdpMode;
import java.util.Optional;

/*
 * Netlink refuses such a program elsewhere, but BPF_LINK_UPDATE hands it to the driver unasked. Of programs
 * that only may read a device's metadata (BPF_F_XDP_DEV_BOUND_ONLY) the kernel does not tell at all.
 */
/** Programs that were loaded for one device, which runs them itself: XDP's alone. */
final class BoundDevices {
    private BoundDevices() {}

    static void check(Seat seat, Inspection inspection, Findings findings) {
        if (!(seat.attachment().place() instanceof Place.Xdp xdp)) {
            return;
        }
        Optional<Swapper.Bound> candidate =
                inspection.challenger().fd().flatMap(inspection.ground().swapper()::boundTo);
        if (candidate.isPresent()) {
            bound(seat.ref(), xdp, candidate.get(), findings);
        } else if (xdp.mode() == XdpMode.OFFLOADED || isBound(seat, inspection)) {
            findings.fail(
                    seat.ref() + ": the device runs the live program itself, the candidate was loaded for the kernel");
        }
    }

    private static void bound(String ref, Place.Xdp xdp, Swapper.Bound candidate, Findings findings) {
        Device device = xdp.device();
        if (candidate.ifindex() != device.ifindex() || candidate.netns() != device.netns()) {
            findings.fail(ref + ": the candidate is bound to another device, ifindex " + candidate.ifindex()
                    + " of namespace " + Long.toUnsignedString(candidate.netns()));
        } else if (xdp.mode() != XdpMode.OFFLOADED) {
            findings.fail(ref + ": the candidate was loaded for the device to run it, which is not done in "
                    + xdp.mode().label() + " mode");
        } else {
            findings.remark(ref + ": bound to this device");
        }
    }

    /** A live program that is gone by now is another guard's matter. */
    private static boolean isBound(Seat seat, Inspection inspection) {
        Swapper swapper = inspection.ground().swapper();
        try (Fd live = swapper.program(seat.program().orElseThrow().id())) {
            return swapper.boundTo(live).isPresent();
        } catch (KernelException.Gone gone) {
            return false;
        }
    }
}

package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.Swapper;
import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.XdpMode;
import java.util.Optional;

/*
 * Netlink refuses such a program elsewhere, but BPF_LINK_UPDATE hands it to the driver unasked: the kernel
 * then lets one device's program read another's packets.
 */
/** Programs that were loaded for one device: XDP's alone. */
final class BoundDevices {
    private BoundDevices() {}

    static void check(Seat seat, Inspection inspection, Findings findings) {
        if (!(seat.attachment().place() instanceof Place.Xdp xdp)) {
            return;
        }
        Optional<Swapper.Bound> candidate =
                inspection.challenger().fd().flatMap(inspection.ground().swapper()::boundTo);
        if (candidate.isPresent() && candidate.get() instanceof Swapper.Bound.Offloaded offloaded) {
            offloaded(seat.ref(), xdp, offloaded, findings);
        } else if (xdp.mode() == XdpMode.OFFLOADED || isOffloaded(seat, inspection)) {
            findings.fail(
                    seat.ref() + ": the device runs the live program itself, the candidate was loaded for the kernel");
        } else if (candidate.isPresent()) {
            unnamed(seat, xdp, findings);
        }
    }

    private static void offloaded(String ref, Place.Xdp xdp, Swapper.Bound.Offloaded candidate, Findings findings) {
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

    private static void unnamed(Seat seat, Place.Xdp xdp, Findings findings) {
        String what = seat.ref() + ": the candidate was loaded for one device or for a devmap or cpumap";
        if (xdp.mode() != XdpMode.NATIVE) {
            findings.fail(what + ", which is not run in " + xdp.mode().label() + " mode");
        } else if (seat.atomicPlace().primitive() == Primitive.XDP_LINK) {
            findings.fail(what + "; the kernel does not tell which, and a link would take it on any device");
        } else {
            findings.remark(what + "; the kernel does not tell which, and refuses it unless it is this one");
        }
    }

    /** A live program that is gone by now is another guard's matter. */
    private static boolean isOffloaded(Seat seat, Inspection inspection) {
        Swapper swapper = inspection.ground().swapper();
        try (Fd live = swapper.program(seat.program().orElseThrow().id())) {
            return swapper.boundTo(live)
                    .filter(Swapper.Bound.Offloaded.class::isInstance)
                    .isPresent();
        } catch (KernelException.Gone gone) {
            return false;
        }
    }
}

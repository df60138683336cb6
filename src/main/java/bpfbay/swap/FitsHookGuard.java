package bpfbay.swap;

import bpfbay.kernel.Primitive;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import bpfbay.model.XdpMode;
import java.util.Optional;

/** Whether the candidate can stand where the live program stands: its type, and the hook it was loaded for. */
final class FitsHookGuard implements Guard {
    private static final int LARGEST_SINGLE_PAGE_MTU = 3506;

    @Override
    public GuardResult check(Inspection inspection) {
        Optional<Program> candidate = inspection.challenger().program();
        if (candidate.isEmpty()) {
            return inspection.challenger().missing(GuardName.CANDIDATE_FITS_HOOK);
        }
        Findings findings = new Findings(GuardName.CANDIDATE_FITS_HOOK);
        for (Seat seat : inspection.seats()) {
            if (seat.place().isPresent() && seat.program().isPresent()) {
                type(seat, candidate.get(), findings);
                BoundDevices.check(seat, inspection, findings);
                chain(seat, candidate.get(), inspection, findings);
                mtu(seat, inspection, findings);
            }
        }
        return findings.isEmpty()
                ? GuardResult.notApplicable(GuardName.CANDIDATE_FITS_HOOK, "there is no hook to fit")
                : findings.result();
    }

    private static void type(Seat seat, Program candidate, Findings findings) {
        Program live = seat.program().orElseThrow();
        if (!live.type().equals(candidate.type())) {
            findings.fail(seat.ref() + ": a program of type " + live.type().label() + " stands there, the candidate is "
                    + candidate.type().label());
            return;
        }
        Optional<AttachType> needed = needed(seat, live);
        Optional<AttachType> loadedFor = candidate.expectedAttachType().found();
        if (needed.isPresent() && loadedFor.isPresent() && !needed.equals(loadedFor)) {
            findings.fail(seat.ref() + ": the candidate was loaded for "
                    + loadedFor.get().label() + " (" + loadedFor.get().value() + "), the live program for "
                    + needed.get().label() + " (" + needed.get().value() + ")");
        } else if (isUnchecked(seat) && (needed.isEmpty() || loadedFor.isEmpty())) {
            findings.warn(seat.ref() + ": for which attach type the candidate was loaded cannot be read ("
                    + candidate.expectedAttachType().reason() + "), and the kernel does not check it on a cgroup link");
        } else {
            findings.remark(seat.ref() + ": type " + candidate.type().label());
        }
    }

    /** What the kernel compares with, or should: cgroup links take a program of any attach type. */
    private static Optional<AttachType> needed(Seat seat, Program live) {
        if (seat.attachment().place() instanceof Place.Cgroup cgroup) {
            return Optional.of(cgroup.attachType());
        }
        return seat.atomicPlace().primitive() == Primitive.XDP_LINK
                ? live.expectedAttachType().found()
                : Optional.empty();
    }

    private static boolean isUnchecked(Seat seat) {
        return seat.atomicPlace().primitive() == Primitive.CGROUP_LINK;
    }

    /** A chain of a device takes a program once. */
    private static void chain(Seat seat, Program candidate, Inspection inspection, Findings findings) {
        boolean isOnce =
                switch (seat.atomicPlace().primitive()) {
                    case TCX_LINK, TCX_PROGRAM, NETKIT_LINK, NETKIT_PROGRAM, CGROUP_PROGRAM -> true;
                    case XDP_LINK, XDP_NETLINK, CGROUP_LINK, FILTER -> false;
                };
        if (!isOnce) {
            return;
        }
        String hook = Hooks.key(seat.attachment());
        for (Attachment other : inspection.snapshot().attachments()) {
            boolean isCandidate = other.progId().isPresent() && other.progId().getAsInt() == candidate.id();
            if (isCandidate
                    && !other.key().equals(seat.attachment().key())
                    && Hooks.key(other).equals(hook)) {
                findings.fail(seat.ref() + ": the candidate stands in this chain already, as " + other.ref());
            }
        }
        for (Seat other : inspection.seats()) {
            if (other.index() < seat.index() && Hooks.key(other.attachment()).equals(hook)) {
                findings.fail(
                        seat.ref() + ": one chain takes the candidate once, and " + other.ref() + " is in it too");
            }
        }
    }

    private static void mtu(Seat seat, Inspection inspection, Findings findings) {
        if (seat.attachment().place() instanceof Place.Xdp xdp && xdp.mode() == XdpMode.NATIVE) {
            Places.device(xdp)
                    .flatMap(device -> Ways.device(inspection.snapshot(), device))
                    .filter(device -> device.mtu() > LARGEST_SINGLE_PAGE_MTU)
                    .ifPresent(device -> findings.remark(seat.ref() + ": MTU " + device.mtu()
                            + ", the driver refuses a candidate without frags support and keeps the live one"));
        }
    }
}

package bpfbay.swap;

import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import java.util.List;

/** Whether there is a way at all, and what is special about the place: a shared block, a dispatcher. */
final class PlaceGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Findings findings = new Findings(GuardName.PLACE);
        for (Seat seat : inspection.seats()) {
            way(seat, findings);
            seat.attachment().filter().ifPresent(filter -> filter(seat, filter, inspection.snapshot(), findings));
            dispatcher(seat, inspection.snapshot(), findings);
        }
        return findings.result();
    }

    private static void way(Seat seat, Findings findings) {
        if (seat.way() instanceof Way.None none) {
            findings.fail(seat.ref() + ": " + none.reason()
                    + none.command().map(command -> "; by hand: " + command).orElse(""));
        } else if (seat.way() instanceof Way.Atomic atomic) {
            atomic.proviso().ifPresent(proviso -> findings.remark(seat.ref() + ": " + proviso));
        }
    }

    private static void filter(Seat seat, TcFilter filter, Snapshot snapshot, Findings findings) {
        filter.block().ifPresent(block -> {
            List<String> devices = snapshot.attachments().stream()
                    .filter(a -> Hooks.key(a).equals(Hooks.key(seat.attachment())))
                    .filter(a -> a.place() instanceof Place.Tc)
                    .map(a -> ((Place.Tc) a.place()).device().name())
                    .distinct()
                    .toList();
            findings.warn(seat.ref() + ": block " + Integer.toUnsignedString(block) + " is shared"
                    + (devices.isEmpty() ? "" : " by " + String.join(", ", devices))
                    + ", and the program changes for all of it");
        });
        if (filter.flags().contains(TcFilter.Flag.IN_HW)) {
            findings.warn(seat.ref() + ": the filter is in hardware too, where the driver replaces it in its own way");
        }
    }

    /** libxdp's, by the name it gives it. */
    private static void dispatcher(Seat seat, Snapshot snapshot, Findings findings) {
        List<String> components = snapshot.attachments().stream()
                .filter(a -> a.place() instanceof Place.Freplace slot
                        && seat.progId() != 0
                        && slot.targetProgId() == seat.progId())
                .map(Attachment::ref)
                .toList();
        if (!components.isEmpty()) {
            findings.warn(seat.ref() + ": a dispatcher stands there, and " + String.join(", ", components)
                    + " run no more once it is replaced; libxdp's pins will not fit");
        }
    }
}

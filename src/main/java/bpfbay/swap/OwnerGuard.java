package bpfbay.swap;

import bpfbay.model.Owner;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import java.util.List;

/** Who put the live program there, and may put it back. */
final class OwnerGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        Findings findings = new Findings(GuardName.OWNER);
        Relations index = inspection.snapshot().index();
        Reading<Relations.Scan> scan = index.ownership();
        for (Seat seat : inspection.seats()) {
            List<Owner> owners = index.owners(seat.attachment()).stream()
                    .filter(owner -> !isOurs(owner, inspection.ground().by()))
                    .toList();
            owners.forEach(owner -> findings.warn(sentence(owner)));
            if (owners.isEmpty() && scan.found().isEmpty()) {
                findings.warn(seat.ref() + ": who holds it cannot be seen (" + scan.reason() + ")");
            } else if (owners.isEmpty()) {
                findings.remark(seat.ref() + ": no process holds it");
            }
        }
        return findings.result();
    }

    /** An earlier plan of this process holds programs and puts nothing back unasked. */
    static boolean isOurs(Owner owner, JournalEntry.By by) {
        return owner.holder().pid() == by.pid() || owner.holder().isGuard();
    }

    private static String sentence(Owner owner) {
        String who = owner.holder().comm() + " " + owner.holder().pid()
                + owner.holder().unit().map(unit -> " (" + unit + ")").orElse("");
        return owner.inferredBecause()
                .map(because -> who + " is likely the owner (" + because + ") and may put its own back")
                .orElseGet(() -> who + " holds the " + owner.holds().label() + " and may put its own back");
    }
}

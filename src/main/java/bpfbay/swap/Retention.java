package bpfbay.swap;

import bpfbay.kernel.SwapPlace;
import bpfbay.model.ObjectId;
import bpfbay.swap.SwapRecord.Standing;
import java.util.List;
import java.util.Optional;

/** How long a way back is kept: until the next swap of its place stays. */
final class Retention {
    private final Ground ground;

    Retention(Ground ground) {
        this.ground = ground;
    }

    /** Lets go of what swaps before this one have kept for its places. */
    void dropBefore(SwapRecord swap) {
        List<String> folders = WayBack.all(ground.swapper());
        for (SwapRecord older : new Records(ground).all()) {
            boolean isOlder = older.begun().compareTo(swap.begun()) <= 0
                    && !older.id().equals(swap.id())
                    && (older.standing() == Standing.SWAPPED || older.standing() == Standing.CONFIRMED);
            if (isOlder && folders.contains(older.id())) {
                drop(older, swap);
            }
        }
    }

    private void drop(SwapRecord older, SwapRecord swap) {
        WayBack wayBack = WayBack.of(ground.swapper(), older.id());
        for (SwapRecord.Member member : older.members()) {
            if (swap.members().stream().anyMatch(next -> isNext(member, next))) {
                wayBack.removeMember(member.index());
            }
        }
    }

    /** In a chain the place alone does not say which of its programs. */
    private static boolean isNext(SwapRecord.Member older, SwapRecord.Member next) {
        Optional<SwapPlace> place = next.anchor().map(JournalEntry.Anchor::place);
        boolean isOnePlace = place.isPresent() && place.equals(older.anchor().map(JournalEntry.Anchor::place));
        boolean isChain = place.isPresent()
                && (place.get() instanceof SwapPlace.Chain || place.get() instanceof SwapPlace.Cgroup);
        return isOnePlace && (!isChain || program(older.to()).equals(program(next.from())));
    }

    private static Optional<ObjectId> program(Optional<ProgramMark> mark) {
        return mark.map(value -> ObjectId.prog(value.progId()));
    }
}

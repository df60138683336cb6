package bpfbay.swap;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import java.util.Optional;

/** Reads what is attached at a place of a swap, and says it. */
final class States {
    private final Swapper swapper;

    States(Swapper swapper) {
        this.swapper = swapper;
    }

    /** In words for people, with the ref. */
    record State(Whose whose, String words) {}

    enum Whose {
        OLD,
        NEW,
        OTHER,
        GONE,
        UNKNOWN
    }

    /** Of a swap that only the journal knows. */
    State read(SwapRecord.Member member) {
        return member.anchor()
                .map(anchor -> read(member.ref(), anchor.place(), member.from(), member.to()))
                .orElseGet(() -> new State(Whose.UNKNOWN, member.ref() + ": the journal does not say where it is"));
    }

    State read(String ref, SwapPlace place, Optional<ProgramMark> from, Optional<ProgramMark> to) {
        try {
            Swapper.Standing seen = standing(place, to);
            if (stands(seen, to)) {
                return new State(Whose.NEW, ref + ": " + to.orElseThrow().label());
            }
            Swapper.Standing again = standing(place, from);
            if (stands(again, from)) {
                return new State(Whose.OLD, ref + ": " + from.orElseThrow().label());
            }
            return again.progId().isPresent()
                    ? new State(
                            Whose.OTHER,
                            ref + ": #"
                                    + Integer.toUnsignedString(again.progId().getAsInt())
                                    + ", which somebody else put there")
                    : new State(Whose.OTHER, ref + ": neither the old nor the new program");
        } catch (KernelException.Gone e) {
            return new State(Whose.GONE, ref + ": the place is gone");
        } catch (KernelException e) {
            return new State(Whose.UNKNOWN, ref + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private Swapper.Standing standing(SwapPlace place, Optional<ProgramMark> mark) {
        return swapper.standing(place, mark.map(ProgramMark::progId).orElse(0));
    }

    private static boolean stands(Swapper.Standing standing, Optional<ProgramMark> mark) {
        return mark.isPresent()
                && TargetUnchangedGuard.stands(standing, mark.get().progId());
    }
}

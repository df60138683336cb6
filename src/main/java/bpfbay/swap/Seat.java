package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.model.Attachment;
import bpfbay.model.Program;
import java.util.List;
import java.util.Optional;

/**
 * One member while its plan is made and carried out.
 *
 * @param program that the snapshot saw there
 * @param old keeps it; absent where it is gone or there is no way
 * @param pins of the old program that are to be renewed
 * @param sight what stands there, read while planning
 */
record Seat(
        int index,
        Attachment attachment,
        Way way,
        Optional<Program> program,
        Optional<Fd> old,
        List<String> pins,
        Sight sight) {
    /** What a reading of the place brought. */
    sealed interface Sight {
        record Seen(Swapper.Standing standing) implements Sight {}

        record Gone(KernelException why) implements Sight {}

        record NotLooked() implements Sight {}
    }

    /** As the journal anchors it. */
    JournalEntry.Anchor anchor() {
        return new JournalEntry.Anchor(atomicPlace(), Hooks.key(attachment), pins);
    }

    String ref() {
        return attachment.ref();
    }

    int progId() {
        return program.map(Program::id).orElse(0);
    }

    Optional<SwapPlace> place() {
        return way instanceof Way.Atomic atomic ? Optional.of(atomic.place()) : Optional.empty();
    }

    SwapPlace atomicPlace() {
        return place().orElseThrow();
    }
}

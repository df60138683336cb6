package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.ObjectId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lets pins that name one program name another, each only while it still names the first. */
final class PinRenewal {
    private PinRenewal() {}

    /** What could not be renewed, and what was, one line each. */
    static List<String> renew(Swapper swapper, List<String> pins, int from, int to) {
        List<String> notes = new ArrayList<>();
        for (String pin : pins) {
            try (Fd program = swapper.program(to)) {
                ObjectId named = swapper.pinned(Path.of(pin));
                if (named.equals(ObjectId.prog(from))) {
                    swapper.renewPin(program, Path.of(pin));
                    notes.add("pin " + pin + " names #" + Integer.toUnsignedString(to) + " now");
                } else if (!named.equals(ObjectId.prog(to))) {
                    notes.add("pin " + pin + " was left alone: it names " + named);
                }
            } catch (KernelException e) {
                notes.add("pin " + pin + " was not renewed: " + e.getMessage());
            }
        }
        return notes;
    }
}

package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.swap.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which attachments a swap would be of: those picked, else the one under the cursor. */
record SwapTargets(Optional<Aim> aim, String why) {
    static SwapTargets of(State state) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        if (snapshot.isEmpty()) {
            return none("there is no picture yet");
        }
        Set<Identity> picked = state.desk().picked();
        if (picked.isEmpty()) {
            return one(state, snapshot.get());
        }
        List<Attachment> there = snapshot.get().attachments().stream()
                .filter(attachment -> picked.contains(Identity.of(attachment)))
                .toList();
        int others = picked.size() - there.size();
        return others == 0
                ? of(there, snapshot.get())
                : none(others + " of the picked rows are no attachments, or gone; Esc lets go of all");
    }

    private static SwapTargets one(State state, Snapshot snapshot) {
        Optional<Attachment> chosen = Actions.attachment(state);
        if (chosen.isEmpty()) {
            return none("only an attachment can be swapped, and this row is none");
        }
        return snapshot.attachments().stream()
                .filter(attachment -> Identity.of(attachment).equals(Identity.of(chosen.get())))
                .findFirst()
                .map(attachment -> of(List.of(attachment), snapshot))
                .orElseGet(() -> none("it is gone"));
    }

    private static SwapTargets of(List<Attachment> attachments, Snapshot snapshot) {
        List<Aim.Target> targets = new ArrayList<>();
        for (Attachment attachment : attachments) {
            Optional<Way.None> refusal = Way.refusal(attachment, snapshot);
            Optional<Program> program = attachment.progId().isPresent()
                    ? snapshot.program(attachment.progId().getAsInt())
                    : Optional.empty();
            if (refusal.isPresent()) {
                return none(attachment.ref() + " is refused: " + refusal.get().reason());
            } else if (program.isEmpty()) {
                return none(attachment.ref() + ": its program cannot be seen");
            } else if (isOwn(attachment, snapshot)) {
                return none(attachment.ref() + " is bpfbay's own");
            }
            targets.add(new Aim.Target(Identity.of(attachment), attachment.ref(), program.get()));
        }
        Set<ProgType> types = targets.stream().map(t -> t.program().type()).collect(Collectors.toSet());
        return types.size() == 1
                ? new SwapTargets(Optional.of(new Aim(targets, types.iterator().next())), "")
                : none("the picked rows run programs of " + types.size() + " types: one candidate cannot fit");
    }

    private static boolean isOwn(Attachment attachment, Snapshot snapshot) {
        return attachment.linkId().isPresent()
                && snapshot.isOwn(ObjectId.link(attachment.linkId().getAsInt()));
    }

    private static SwapTargets none(String why) {
        return new SwapTargets(Optional.empty(), why);
    }
}

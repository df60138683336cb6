package bpfbay.swap;

import bpfbay.model.Attachment;
import bpfbay.model.Nearest;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Ref;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the attachments that a request means, in the snapshot's order for a name and the operator's for refs. */
final class Targets {
    private Targets() {}

    static List<Attachment> resolve(SwapRequest.Target target, Snapshot snapshot) {
        return target instanceof SwapRequest.Target.OfProgramName named
                ? ofName(named.name(), snapshot)
                : ofRefs(((SwapRequest.Target.Named) target).refs(), snapshot);
    }

    private static List<Attachment> ofRefs(List<Ref> refs, Snapshot snapshot) {
        if (refs.isEmpty()) {
            throw new NotUnderstoodException("no ref is given: nothing to swap");
        }
        Map<Attachment.Key, Attachment> found = new LinkedHashMap<>();
        for (Ref ref : refs) {
            Attachment attachment = Refs.resolve(ref, snapshot).orElseThrow(() -> nothing(ref, snapshot));
            boolean isThere = found.values().stream().anyMatch(other -> isOneFilter(other, attachment));
            if (isThere || found.put(attachment.key(), attachment) != null) {
                throw new NotUnderstoodException(ref.text() + ": it is named twice");
            }
        }
        return List.copyOf(found.values());
    }

    private static NotUnderstoodException nothing(Ref ref, Snapshot snapshot) {
        return new NotUnderstoodException(ref.text() + ": nothing is attached there"
                + Refs.nearest(ref.text(), snapshot)
                        .map(near -> ": did you mean '" + near + "'?")
                        .orElse(""));
    }

    private static List<Attachment> ofName(String name, Snapshot snapshot) {
        Map<Attachment.Key, Attachment> found = new LinkedHashMap<>();
        for (Attachment attachment : snapshot.attachments()) {
            if (attachment.progId().isPresent() && isNamed(attachment.progId().getAsInt(), name, snapshot)) {
                boolean isSeen = found.values().stream().anyMatch(other -> isOneFilter(other, attachment));
                if (!isSeen) {
                    found.put(attachment.key(), attachment);
                }
            }
        }
        if (found.isEmpty()) {
            List<String> names = snapshot.attachments().stream()
                    .flatMap(a -> a.progId().stream().boxed())
                    .flatMap(id -> snapshot.program(id).map(Program::name).stream())
                    .distinct()
                    .toList();
            throw new NotUnderstoodException("no program named '" + name + "' is attached"
                    + Nearest.to(name, names)
                            .map(near -> ": did you mean '" + near + "'?")
                            .orElse(""));
        }
        return List.copyOf(found.values());
    }

    private static boolean isNamed(int progId, String name, Snapshot snapshot) {
        return !snapshot.isOwn(ObjectId.prog(progId))
                && snapshot.program(progId)
                        .filter(program -> program.name().equals(name))
                        .isPresent();
    }

    /** A filter of a shared block is seen through each of its devices, and is one. */
    private static boolean isOneFilter(Attachment a, Attachment b) {
        return a.filter().isPresent()
                && b.filter().isPresent()
                && a.filter().get().block().isPresent()
                && Hooks.key(a).equals(Hooks.key(b))
                && a.key().within().equals(b.key().within());
    }
}

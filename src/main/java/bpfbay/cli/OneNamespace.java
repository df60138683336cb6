package bpfbay.cli;

import bpfbay.export.PlaceWords;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A snapshot narrowed to one network namespace: what is attached in it, and the objects that belong to that. */
final class OneNamespace {
    private OneNamespace() {}

    static Snapshot of(Snapshot all, NetNamespace namespace) {
        List<Attachment> attachments = all.attachments().stream()
                .filter(a -> isIn(a, namespace.inode()))
                .toList();
        Set<ObjectId> kept = new HashSet<>();
        for (Attachment a : attachments) {
            a.linkId().ifPresent(id -> kept.add(ObjectId.link(id)));
            a.progId().ifPresent(id -> kept.add(ObjectId.prog(id)));
            a.progId().stream()
                    .mapToObj(all::program)
                    .flatMap(program -> program.map(Program::mapIds).orElse(List.of()).stream())
                    .forEach(id -> kept.add(ObjectId.map(id)));
        }
        return new Snapshot(
                all.host(),
                all.takenAt(),
                all.duration(),
                List.of(namespace),
                all.interfaces().stream()
                        .filter(d -> d.netns() == namespace.inode())
                        .toList(),
                attachments,
                all.programs().stream().filter(p -> kept.contains(p.object())).toList(),
                all.links().stream().filter(l -> kept.contains(l.object())).toList(),
                all.maps().stream()
                        .filter((BpfMap m) -> kept.contains(m.object()))
                        .toList(),
                all.pins().stream().filter(p -> kept.contains(p.object())).toList(),
                all.cgroups(),
                narrowed(all.index(), kept),
                all.activity(),
                all.own(),
                all.problems());
    }

    /** Owners and pins of what is kept; how many attachments a program has is told of all. */
    private static Relations narrowed(Relations all, Set<ObjectId> kept) {
        return new Relations(
                all.programs(),
                all.links(),
                all.maps(),
                only(all.owners(), kept),
                only(all.pins(), kept),
                all.attachments(),
                all.slots(),
                all.ownership());
    }

    private static <V> Map<ObjectId, V> only(Map<ObjectId, V> all, Set<ObjectId> kept) {
        Map<ObjectId, V> left = new HashMap<>(all);
        left.keySet().retainAll(kept);
        return left;
    }

    private static boolean isIn(Attachment attachment, long inode) {
        var netns = PlaceWords.of(attachment.place()).netns();
        return netns.isPresent() && netns.getAsLong() == inode;
    }
}

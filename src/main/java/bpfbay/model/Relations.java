package bpfbay.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects by id and what ties them together. Absent keys mean none was found, as far as {@code
 * ownership} says that holders could be seen at all.
 *
 * @param owners of each object: its holders; for a program or link that nobody holds, the inferred ones
 * @param attachments of each program, in the snapshot's order
 * @param ownership whether all holders were seen, or what is missing for that
 */
public record Relations(
        Map<Integer, Program> programs,
        Map<Integer, Link> links,
        Map<Integer, BpfMap> maps,
        Map<ObjectId, List<Owner>> owners,
        Map<ObjectId, List<Pin>> pins,
        Map<Integer, List<Attachment>> attachments,
        Reading<Scan> ownership) {
    /** By which way the holders were found. */
    public enum Scan {
        TASK_FILE_ITERATOR,
        PROC_FDINFO
    }

    public Relations {
        programs = Map.copyOf(programs);
        links = Map.copyOf(links);
        maps = Map.copyOf(maps);
        owners = Map.copyOf(owners);
        pins = Map.copyOf(pins);
        attachments = Map.copyOf(attachments);
    }

    /** Owners of the link first, then of the program; each process once, by the closest thing it holds. */
    public List<Owner> owners(Attachment attachment) {
        List<Owner> found = new ArrayList<>();
        attachment.linkId().ifPresent(id -> found.addAll(owners.getOrDefault(ObjectId.link(id), List.of())));
        attachment.progId().ifPresent(id -> found.addAll(owners.getOrDefault(ObjectId.prog(id), List.of())));
        boolean isHeld = found.stream().anyMatch(owner -> !owner.isInferred());
        Set<Integer> seen = new LinkedHashSet<>();
        return found.stream()
                .filter(owner -> !(isHeld && owner.isInferred()))
                .filter(owner -> seen.add(owner.holder().pid()))
                .toList();
    }

    /** Pins of the link first, then of the program. */
    public List<Pin> pins(Attachment attachment) {
        List<Pin> found = new ArrayList<>();
        attachment.linkId().ifPresent(id -> found.addAll(pins.getOrDefault(ObjectId.link(id), List.of())));
        attachment.progId().ifPresent(id -> found.addAll(pins.getOrDefault(ObjectId.prog(id), List.of())));
        return found;
    }

    /** How many attachments the program has; its run counts are of all of them. */
    public int sharedBy(int progId) {
        return attachments.getOrDefault(progId, List.of()).size();
    }
}

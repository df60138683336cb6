package bpfbay.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects by id and what ties them together. Absent keys mean none was found, as far as {@code
 * ownership} says that holders could be seen at all.
 *
 * @param owners of each object: its holders; for a program or link that nobody holds, the inferred ones
 * @param attachments of each program, in the snapshot's order
 * @param slots of each program, the maps in whose entries it stands: program arrays, devmaps, cpumaps, socket maps
 * @param ownership whether all holders were seen, or what is missing for that
 */
public record Relations(
        Map<Integer, Program> programs,
        Map<Integer, Link> links,
        Map<Integer, BpfMap> maps,
        Map<ObjectId, List<Owner>> owners,
        Map<ObjectId, List<Pin>> pins,
        Map<Integer, List<Attachment>> attachments,
        Reading<Map<Integer, List<ObjectId>>> slots,
        Reading<Scan> ownership) {
    public static final Reading<Map<Integer, List<ObjectId>>> SLOTS_NOT_ASKED = new Reading.NotAsked<>("not asked yet");

    /** In a first glance at a host: neither holders nor pins have been read. */
    public static final Reading<Scan> NOT_YET = new Reading.NotAsked<>("reading");

    /** By which way the holders were found. */
    public enum Scan {
        TASK_FILE_ITERATOR,
        PROC_FDINFO
    }

    public Relations {
        programs = ById.copyOf(programs);
        links = ById.copyOf(links);
        maps = ById.copyOf(maps);
        owners = ById.copyOf(owners);
        pins = ById.copyOf(pins);
        attachments = ById.copyOf(attachments);
    }

    /** The index of these objects, with who owns them. */
    public static Relations of(
            List<Attachment> attachments,
            List<Program> programs,
            List<Link> links,
            List<BpfMap> maps,
            List<Pin> pins,
            Map<ObjectId, List<Owner>> owners,
            Reading<Map<Integer, List<ObjectId>>> slots,
            Reading<Scan> ownership) {
        Map<Integer, Program> programsById = new HashMap<>();
        programs.forEach(program -> programsById.put(program.id(), program));
        Map<Integer, Link> linksById = new HashMap<>();
        links.forEach(link -> linksById.put(link.id(), link));
        Map<Integer, BpfMap> mapsById = new HashMap<>();
        maps.forEach(map -> mapsById.put(map.id(), map));
        Map<Integer, List<Attachment>> byProgram = new HashMap<>();
        for (Attachment attachment : attachments) {
            if (attachment.progId().isPresent()) {
                byProgram
                        .computeIfAbsent(attachment.progId().getAsInt(), prog -> new ArrayList<>(1))
                        .add(attachment);
            }
        }
        return new Relations(programsById, linksById, mapsById, owners, byObject(pins), byProgram, slots, ownership);
    }

    /** Pins by what they hold. */
    public static Map<ObjectId, List<Pin>> byObject(List<Pin> pins) {
        Map<ObjectId, List<Pin>> byObject = new HashMap<>();
        pins.forEach(pin -> byObject.computeIfAbsent(pin.object(), object -> new ArrayList<>(1))
                .add(pin));
        return byObject;
    }

    /** Owners of the link first, then of the program; each process once, by the closest thing it holds. */
    public List<Owner> owners(Attachment attachment) {
        List<Owner> found = new ArrayList<>();
        attachment.linkId().ifPresent(id -> found.addAll(owners.getOrDefault(ObjectId.link(id), List.of())));
        attachment.progId().ifPresent(id -> found.addAll(owners.getOrDefault(ObjectId.prog(id), List.of())));
        boolean isHeld = false;
        for (Owner owner : found) {
            isHeld |= !owner.isInferred();
        }
        Set<Integer> seen = new HashSet<>();
        List<Owner> each = new ArrayList<>(found.size());
        for (Owner owner : found) {
            if (!(isHeld && owner.isInferred()) && seen.add(owner.holder().pid())) {
                each.add(owner);
            }
        }
        return each;
    }

    /** Pins of the link first, then of the program. */
    public List<Pin> pins(Attachment attachment) {
        List<Pin> found = new ArrayList<>();
        attachment.linkId().ifPresent(id -> found.addAll(pins.getOrDefault(ObjectId.link(id), List.of())));
        attachment.progId().ifPresent(id -> found.addAll(pins.getOrDefault(ObjectId.prog(id), List.of())));
        return found;
    }

    /** Whether this is of a first glance, so that an object without owners or pins may well have some. */
    public boolean isGlance() {
        return ownership.equals(NOT_YET);
    }

    /** How many attachments the program has; its run counts are of all of them. */
    public int sharedBy(int progId) {
        return attachments.getOrDefault(progId, List.of()).size();
    }
}

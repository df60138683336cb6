package bpfbay.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One complete picture of the host. Nothing in it changes; a later picture shares what has stayed the
 * same. Lists are in a stable order: the own namespace first, then by label; objects by id; attachments
 * by namespace, interface and running order.
 *
 * @param duration how long the collection took
 * @param cgroups inodes of all cgroups of the unified hierarchy, ascending; empty where they were not looked
 *     at, as there is always its root
 * @param index relations between the objects, made once a snapshot
 * @param activity run counts and rates
 * @param own objects of bpfbay itself, which no finding may count
 * @param problems what could not be seen, and why
 */
public record Snapshot(
        Host host,
        Instant takenAt,
        Duration duration,
        List<NetNamespace> namespaces,
        List<NetInterface> interfaces,
        List<Attachment> attachments,
        List<Program> programs,
        List<Link> links,
        List<BpfMap> maps,
        List<Pin> pins,
        List<Long> cgroups,
        Relations index,
        Activity activity,
        Set<ObjectId> own,
        List<Problem> problems) {
    public Snapshot {
        namespaces = List.copyOf(namespaces);
        interfaces = List.copyOf(interfaces);
        attachments = List.copyOf(attachments);
        programs = List.copyOf(programs);
        links = List.copyOf(links);
        maps = List.copyOf(maps);
        pins = List.copyOf(pins);
        cgroups = List.copyOf(cgroups);
        own = Set.copyOf(own);
        problems = List.copyOf(problems);
    }

    public Optional<Program> program(int id) {
        return Optional.ofNullable(index.programs().get(id));
    }

    public Optional<Link> link(int id) {
        return Optional.ofNullable(index.links().get(id));
    }

    public Optional<BpfMap> map(int id) {
        return Optional.ofNullable(index.maps().get(id));
    }

    /** Who holds the object; for an attachment ask {@link Relations#owners(Attachment)}. */
    public List<Owner> owners(ObjectId object) {
        return index.owners().getOrDefault(object, List.of());
    }

    public List<Pin> pins(ObjectId object) {
        return index.pins().getOrDefault(object, List.of());
    }

    public boolean isOwn(ObjectId object) {
        return own.contains(object);
    }
}

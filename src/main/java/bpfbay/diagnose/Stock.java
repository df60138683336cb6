package bpfbay.diagnose;

import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a survey makes of the objects alone. It outlives the scene while they stay as they are.
 *
 * @param source the picture that it was made of
 * @param attachments all but bpfbay's own, in the snapshot's order
 * @param ways those that one packet may meet one after the other, where there are several
 * @param namesakes named programs of one type and name, where there are several; the earliest loaded first
 * @param devices by namespace and number
 */
record Stock(
        Snapshot source,
        List<Attachment> attachments,
        List<List<Attachment>> ways,
        List<List<Program>> namesakes,
        Map<Integer, List<ObjectId>> links,
        Map<Long, Map<Integer, NetInterface>> devices,
        Pinned pinned,
        Observers observers) {
    private static final Comparator<Program> BY_LOAD =
            Comparator.comparing(Program::loadedAt).thenComparing(Program::object);

    static Stock of(Snapshot now) {
        List<Attachment> foreign = foreign(now);
        return new Stock(
                now,
                foreign,
                Way.several(foreign),
                namesakes(now),
                links(now),
                devices(now),
                Pinned.of(now.pins()),
                Observers.among(now));
    }

    /** That of a later picture: what is made of a list that both share is taken over. */
    @SuppressWarnings("ReferenceEquality")
    Stock after(Snapshot now) {
        boolean isSameOwn = source.own().equals(now.own());
        boolean isSameAttached = isSameOwn && source.attachments() == now.attachments();
        boolean isSameLoaded = source.programs() == now.programs();
        List<Attachment> foreign = isSameAttached ? attachments : foreign(now);
        return new Stock(
                now,
                foreign,
                isSameAttached ? ways : Way.several(foreign),
                isSameOwn && isSameLoaded ? namesakes : namesakes(now),
                source.links() == now.links() ? links : links(now),
                source.interfaces() == now.interfaces() ? devices : devices(now),
                source.pins() == now.pins() ? pinned : Pinned.of(now.pins()),
                isSameLoaded && source.index().owners() == now.index().owners() ? observers : Observers.among(now));
    }

    private static Map<Integer, List<ObjectId>> links(Snapshot now) {
        Map<Integer, List<ObjectId>> links = new HashMap<>();
        for (Link link : now.links()) {
            List<ObjectId> known = links.put(link.progId(), List.of(link.object()));
            if (known != null) {
                List<ObjectId> more = new ArrayList<>(known);
                more.add(link.object());
                links.put(link.progId(), more);
            }
        }
        return links;
    }

    private static Map<Long, Map<Integer, NetInterface>> devices(Snapshot now) {
        Map<Long, Map<Integer, NetInterface>> devices = new HashMap<>();
        for (NetInterface device : now.interfaces()) {
            devices.computeIfAbsent(device.netns(), netns -> new HashMap<>()).put(device.ifindex(), device);
        }
        return devices;
    }

    private static List<Attachment> foreign(Snapshot now) {
        if (now.own().isEmpty()) {
            return now.attachments();
        }
        List<Attachment> foreign = new ArrayList<>(now.attachments().size());
        for (Attachment attachment : now.attachments()) {
            if (!isOwn(attachment, now)) {
                foreign.add(attachment);
            }
        }
        return foreign;
    }

    private static boolean isOwn(Attachment attachment, Snapshot now) {
        return (attachment.progId().isPresent()
                        && now.isOwn(ObjectId.prog(attachment.progId().getAsInt())))
                || (attachment.linkId().isPresent()
                        && now.isOwn(ObjectId.link(attachment.linkId().getAsInt())));
    }

    private static List<List<Program>> namesakes(Snapshot now) {
        Map<String, List<Program>> named = new HashMap<>();
        for (Program program : now.programs()) {
            if (!program.name().isEmpty() && (now.own().isEmpty() || !now.isOwn(program.object()))) {
                named.computeIfAbsent(program.name(), name -> new ArrayList<>(1))
                        .add(program);
            }
        }
        List<List<Program>> several = new ArrayList<>();
        for (List<Program> programs : named.values()) {
            Map<Integer, List<Program>> types = new HashMap<>();
            programs.forEach(program -> types.computeIfAbsent(program.type().value(), type -> new ArrayList<>())
                    .add(program));
            for (List<Program> alike : types.values()) {
                if (alike.size() > 1) {
                    alike.sort(BY_LOAD);
                    several.add(alike);
                }
            }
        }
        several.sort(Comparator.comparing(programs -> programs.get(0).object()));
        return several;
    }
}

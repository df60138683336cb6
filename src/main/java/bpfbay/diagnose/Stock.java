package bpfbay.diagnose;

import bpfbay.history.Delta;
import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
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
 * @param byLink attachments by their links; of use, and made, only where not every pin lasts
 */
record Stock(
        Snapshot source,
        List<Attachment> attachments,
        List<List<Attachment>> ways,
        List<List<Program>> namesakes,
        Map<Integer, List<ObjectId>> links,
        Map<Long, Map<Integer, NetInterface>> devices,
        Pinned pinned,
        Map<Integer, Attachment> byLink,
        Observers observers) {
    static Stock of(Snapshot now) {
        List<Attachment> foreign = foreign(now);
        Pinned pinned = Pinned.of(now.pins());
        return new Stock(
                now,
                foreign,
                Way.several(foreign),
                Namesakes.of(now),
                links(now),
                devices(now),
                pinned,
                pinned.isEveryMountLasting() ? Map.of() : byLink(foreign),
                Observers.among(now));
    }

    /** That of a later picture: what is made of a list that both share is taken over. */
    @SuppressWarnings("ReferenceEquality")
    Stock after(Snapshot now, Delta delta) {
        boolean isSameOwn = source.own().equals(now.own());
        boolean isSameAttached = isSameOwn && source.attachments() == now.attachments();
        boolean isSameLoaded = source.programs() == now.programs();
        List<Attachment> foreign = isSameAttached ? attachments : foreign(now);
        Pinned nowPinned = source.pins() == now.pins() ? pinned : Pinned.of(now.pins());
        boolean isSameLinked = isSameAttached && !pinned.isEveryMountLasting();
        return new Stock(
                now,
                foreign,
                isSameAttached ? ways : Way.several(foreign, ways),
                isSameOwn ? Namesakes.after(namesakes, source, now, delta.programs()) : Namesakes.of(now),
                source.links() == now.links() ? links : links(now),
                source.interfaces() == now.interfaces() ? devices : devices(now),
                nowPinned,
                nowPinned.isEveryMountLasting() ? Map.of() : isSameLinked ? byLink : byLink(foreign),
                isSameLoaded && source.index().owners() == now.index().owners() ? observers : Observers.among(now));
    }

    private static Map<Integer, Attachment> byLink(List<Attachment> attachments) {
        Map<Integer, Attachment> byLink = new HashMap<>();
        for (Attachment attachment : attachments) {
            if (attachment.linkId().isPresent()) {
                byLink.put(attachment.linkId().getAsInt(), attachment);
            }
        }
        return byLink;
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
}

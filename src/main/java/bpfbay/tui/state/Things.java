package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import java.util.Optional;

/** Finds things again in a later snapshot. */
final class Things {
    private Things() {}

    static Optional<Thing> find(Snapshot snapshot, Identity identity, Thing like) {
        if (identity instanceof Identity.OfObject object) {
            return find(snapshot, object.object());
        }
        return like.match(
                attachment -> attachment(snapshot, identity).map(Thing.Attached::new),
                program -> Optional.empty(),
                link -> Optional.empty(),
                map -> Optional.empty(),
                pin -> snapshot.pins().stream()
                        .filter(p -> Identity.of(p).equals(identity))
                        .findFirst()
                        .map(Thing.Pinned::new));
    }

    private static Optional<Attachment> attachment(Snapshot snapshot, Identity identity) {
        return snapshot.attachments().stream()
                .filter(a -> Identity.of(a).equals(identity))
                .findFirst();
    }

    private static Optional<Thing> find(Snapshot snapshot, ObjectId object) {
        return switch (object.kind()) {
            case PROG -> snapshot.program(object.id()).map(Thing.Loaded::new);
            case LINK -> snapshot.link(object.id()).map(Thing.Linked::new);
            case MAP -> snapshot.map(object.id()).map(Thing.Mapped::new);
        };
    }

    /** By name in its own namespace, {@code NETNS/NAME} or {@code netns:NETNS/NAME} in another. */
    static Optional<NetInterface> device(Snapshot snapshot, String name) {
        String bare = name.startsWith("netns:") ? name.substring("netns:".length()) : name;
        return snapshot.interfaces().stream()
                .filter(device -> label(snapshot, device).equals(bare))
                .findFirst();
    }

    /** The interface's name, in another namespace with that namespace before it. */
    static String label(Snapshot snapshot, NetInterface device) {
        return snapshot.namespaces().stream()
                .filter(netns -> netns.inode() == device.netns())
                .findFirst()
                .filter(netns -> !netns.isOwn())
                .map(netns -> netns.label() + "/" + device.name())
                .orElse(device.name());
    }
}

package bpfbay.model;

import java.util.List;
import java.util.Optional;

/** Finds what a ref names in a snapshot. */
public final class Refs {
    private Refs() {}

    /**
     * The attachment. A link's ref finds whatever the link attaches, and a namespace may be named by any of
     * its names or by its inode.
     */
    public static Optional<Attachment> resolve(Ref ref, Snapshot snapshot) {
        if (ref instanceof Ref.OfLink link) {
            return snapshot.attachments().stream()
                    .filter(a -> a.linkId().isPresent() && a.linkId().getAsInt() == link.id())
                    .findFirst();
        }
        String text = usual(ref, snapshot).text();
        return snapshot.attachments().stream().filter(a -> a.ref().equals(text)).findFirst();
    }

    /** The ref in the snapshot that was probably meant. */
    public static Optional<String> nearest(String text, Snapshot snapshot) {
        return Nearest.to(
                text, snapshot.attachments().stream().map(Attachment::ref).toList());
    }

    /** The namespace that a word names: a name, an inode. */
    public static Optional<NetNamespace> namespace(String word, List<NetNamespace> namespaces) {
        Optional<NetNamespace> labelled =
                namespaces.stream().filter(n -> n.label().equals(word)).findFirst();
        return labelled.or(() -> namespaces.stream()
                .filter(n -> n.names().contains(word)
                        || Long.toUnsignedString(n.inode()).equals(word))
                .findFirst());
    }

    private static Ref usual(Ref ref, Snapshot snapshot) {
        if (ref instanceof Ref.At at && at.netns().isPresent()) {
            Optional<NetNamespace> namespace = namespace(at.netns().get(), snapshot.namespaces());
            if (namespace.isPresent()) {
                NetNamespace found = namespace.get();
                return new Ref.At(found.isOwn() ? Optional.empty() : Optional.of(found.label()), at.spot());
            }
        }
        return ref;
    }
}

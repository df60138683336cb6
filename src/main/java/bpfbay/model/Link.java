package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A BPF link. Source: {@code struct bpf_link_info}. Identity: id and type; LINK_UPDATE changes the
 * program under it.
 *
 * @param attachType where the kernel reports one
 */
public record Link(int id, LinkType type, int progId, Optional<AttachType> attachType, AttachTarget target) {
    public Link {
        requireNonNull(type, "type");
        requireNonNull(target, "target");
    }

    public ObjectId object() {
        return ObjectId.link(id);
    }

    /** The link lives, held by a pin or a descriptor, and its hook is gone. */
    public boolean isDetached() {
        return (target instanceof AttachTarget.Netdev d && d.ifindex() == 0)
                || (target instanceof AttachTarget.Cgroup c && c.id() == 0)
                || (target instanceof AttachTarget.Netns n && n.inode() == 0);
    }
}

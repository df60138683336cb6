package bpfbay.tui.table;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.List;
import java.util.Optional;

/** What a link attaches to, with the names that the snapshot knows for its numbers. */
public final class TargetText {
    private TargetText() {}

    public static String of(Snapshot snapshot, AttachTarget target) {
        if (target instanceof AttachTarget.Netdev netdev && netdev.ifindex() != 0) {
            return device(snapshot, netdev).orElse(target.label());
        } else if (target instanceof AttachTarget.Netns netns && netns.inode() != 0) {
            return "netns " + HookText.netnsLabel(snapshot, netns.inode());
        } else if (target instanceof AttachTarget.Cgroup cgroup) {
            return cgroup(snapshot, cgroup).orElse(target.label());
        } else if (target instanceof AttachTarget.Prog prog) {
            return snapshot.program(prog.progId()).map(Program::name).orElse("prog") + " "
                    + Units.unsigned(prog.progId())
                    + prog.function().map(f -> " " + f).orElse("");
        }
        return target.label();
    }

    /** Only a known namespace gives an ifindex a name. */
    private static Optional<String> device(Snapshot snapshot, AttachTarget.Netdev netdev) {
        if (netdev.netns().isEmpty()) {
            return Optional.empty();
        }
        long netns = netdev.netns().getAsLong();
        Optional<NetInterface> found = snapshot.interfaces().stream()
                .filter(i -> i.netns() == netns && i.ifindex() == netdev.ifindex())
                .findFirst();
        boolean isOwn = snapshot.namespaces().stream().anyMatch(n -> n.inode() == netns && n.isOwn());
        return found.map(i -> (isOwn ? "" : HookText.netnsLabel(snapshot, netns) + "/") + i.name());
    }

    private static Optional<String> cgroup(Snapshot snapshot, AttachTarget.Cgroup cgroup) {
        return snapshot.attachments().stream()
                .map(Attachment::place)
                .filter(place -> place instanceof Place.Cgroup p && p.id() == cgroup.id())
                .map(place -> ((Place.Cgroup) place).path())
                .findFirst();
    }

    /** The attachment that a link holds, where it holds one. */
    public static Optional<Attachment> attachment(Snapshot snapshot, int linkId) {
        List<Attachment> all = snapshot.link(linkId)
                .map(link -> snapshot.index().attachments().getOrDefault(link.progId(), List.of()))
                .orElse(List.of());
        return all.stream()
                .filter(a -> a.linkId().isPresent() && a.linkId().getAsInt() == linkId)
                .findFirst();
    }
}

package bpfbay.diagnose;

import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Filter;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.diagnose.Manifest.Where;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.TcParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Hooks by names that outlive them. */
public final class Hooks {
    private Hooks() {}

    /** What runs now, as what should run: in an order of names, without ids, without what is bpfbay's own. */
    public static Manifest of(Snapshot snapshot) {
        Map<String, Where> places = new TreeMap<>();
        Map<String, List<Declared>> programs = new TreeMap<>();
        for (Attachment attachment : snapshot.attachments()) {
            where(attachment.place(), snapshot)
                    .filter(where -> !isOwn(attachment, snapshot))
                    .ifPresent(where -> {
                        places.put(where.label(), where);
                        programs.computeIfAbsent(where.label(), label -> new ArrayList<>())
                                .add(declared(attachment, snapshot));
                    });
        }
        List<Hook> hooks = new ArrayList<>();
        places.forEach((label, where) -> hooks.add(new Hook(where, programs.getOrDefault(label, List.of()))));
        return new Manifest(hooks);
    }

    /** What is attached where no name leads, but for links that trace: no manifest can speak of it. */
    public static List<Attachment> unnamed(Snapshot snapshot) {
        return snapshot.attachments().stream()
                .filter(attachment -> !(attachment.place() instanceof Place.Other))
                .filter(attachment -> !isOwn(attachment, snapshot))
                .filter(attachment -> where(attachment.place(), snapshot).isEmpty())
                .toList();
    }

    private static boolean isOwn(Attachment attachment, Snapshot snapshot) {
        return attachment.progId().stream().anyMatch(id -> snapshot.isOwn(ObjectId.prog(id)))
                || attachment.linkId().stream().anyMatch(id -> snapshot.isOwn(ObjectId.link(id)));
    }

    private static Declared declared(Attachment attachment, Snapshot snapshot) {
        Optional<Program> program = attachment.progId().stream()
                .mapToObj(snapshot::program)
                .flatMap(Optional::stream)
                .findFirst();
        return new Declared(
                program.map(Program::name).orElse(""),
                program.filter(p -> p.fingerprint().found().isPresent())
                        .map(p -> new Build(p.fingerprint(), Optional.empty())),
                attachment.place() instanceof Place.Xdp xdp
                        ? Optional.of(xdp.mode().label())
                        : Optional.empty(),
                attachment
                        .filter()
                        .map(filter -> new Filter(
                                OptionalInt.of(filter.priority()),
                                OptionalInt.of(filter.handle()),
                                OptionalInt.of(filter.chain()),
                                Optional.of(filter.protocolLabel()))));
    }

    /** Absent for what has no such name: places of namespaces without one or not known, and links that trace. */
    static Optional<Where> where(Place place, Snapshot snapshot) {
        if (place instanceof Place.Xdp p) {
            return of(p.hook(), p.device(), "", snapshot);
        } else if (place instanceof Place.Tcx p) {
            return of(p.hook(), p.device(), p.direction().label(), snapshot);
        } else if (place instanceof Place.Tc p) {
            return of(p.hook(), p.device(), side(p.parent()), snapshot);
        } else if (place instanceof Place.Netkit p) {
            return of(p.hook(), p.device(), p.attachType().label(), snapshot);
        } else if (place instanceof Place.TcBlock p) {
            return of(p.hook(), p.netns(), "block:" + Integer.toUnsignedString(p.block()), side(p.parent()), snapshot);
        } else if (place instanceof Place.NetnsHook p) {
            return of(p.hook(), p.netns(), "", p.attachType().label(), snapshot);
        } else if (place instanceof Place.NetfilterHook p && p.netns().isPresent()) {
            String side = p.target().familyLabel() + "/" + p.target().hookLabel() + "/"
                    + p.target().priority();
            return of(p.hook(), p.netns().getAsLong(), "", side, snapshot);
        } else if (place instanceof Place.Freplace p
                && p.device().isPresent()
                && p.function().isPresent()) {
            return of(p.hook(), p.device().get(), p.function().get(), snapshot);
        } else if (place instanceof Place.Cgroup p) {
            return Optional.of(new Where(
                    p.hook(), Optional.empty(), p.path(), p.attachType().label()));
        }
        return Optional.empty();
    }

    private static String side(TcParent parent) {
        return parent.direction().map(Direction::label).orElseGet(() -> "parent:" + parent.label());
    }

    private static Optional<Where> of(String hook, Device device, String side, Snapshot snapshot) {
        return of(hook, device.netns(), device.name(), side, snapshot);
    }

    private static Optional<Where> of(String hook, long inode, String on, String side, Snapshot snapshot) {
        for (NetNamespace netns : snapshot.namespaces()) {
            if (netns.inode() == inode) {
                boolean isNamed = !netns.label().equals(Long.toUnsignedString(inode));
                return netns.isOwn()
                        ? Optional.of(new Where(hook, Optional.empty(), on, side))
                        : isNamed
                                ? Optional.of(new Where(hook, Optional.of(netns.label()), on, side))
                                : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

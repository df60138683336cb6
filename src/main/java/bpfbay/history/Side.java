package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.XdpMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One of two pictures that are compared, in words that mean the same on every host. */
final class Side {
    /** How a path begins that a process lends its root for. */
    private static final Pattern LENT = Pattern.compile("^/proc/[0-9]+/root/");

    private final Snapshot snapshot;
    private final Map<Long, String> labels = new HashMap<>();

    Side(Snapshot snapshot) {
        this.snapshot = snapshot;
        for (NetNamespace namespace : snapshot.namespaces()) {
            labels.put(namespace.inode(), namespace.isOwn() ? "" : "netns:" + namespace.label() + "/");
        }
    }

    /** All but bpfbay's own. */
    List<Attachment> attachments() {
        return snapshot.attachments().stream()
                .filter(a -> a.progId().stream().noneMatch(id -> snapshot.isOwn(ObjectId.prog(id))))
                .toList();
    }

    /** What the attachment belongs to. */
    String scope(Attachment a) {
        Optional<Device> device = Places.device(a.place());
        if (device.isPresent()) {
            return netns(device.get().netns()) + device.get().name();
        } else if (a.place() instanceof Place.Cgroup cgroup) {
            return "cgroup:" + cgroup.path();
        } else if (a.place() instanceof Place.NetnsHook hook) {
            return netns(hook.netns()) + "netns";
        } else if (a.place() instanceof Place.TcBlock block) {
            return netns(block.netns()) + "block:" + Integer.toUnsignedString(block.block());
        }
        return a.place().hook();
    }

    private String netns(long inode) {
        return labels.getOrDefault(inode, "netns:" + Long.toUnsignedString(inode) + "/");
    }

    /** The hook in words: the chain in which it runs. */
    String place(Attachment a) {
        Place place = a.place();
        String where = place.hook();
        if (place instanceof Place.Xdp xdp) {
            where += xdp.mode() == XdpMode.OFFLOADED ? " offloaded" : "";
        } else if (place instanceof Place.Tc tc) {
            where += " " + tc.parent().label();
        } else if (place instanceof Place.TcBlock block) {
            where += " " + block.parent().label();
        } else if (place instanceof Place.Tcx tcx) {
            where += " " + tcx.direction().label();
        } else if (place instanceof Place.Netkit netkit) {
            where += " " + netkit.attachType().label();
        } else if (place instanceof Place.Cgroup cgroup) {
            where += " " + cgroup.attachType().label();
        } else if (place instanceof Place.NetnsHook hook) {
            where += " " + hook.attachType().label();
        } else if (place instanceof Place.NetfilterHook hook) {
            where += " " + hook.target().label();
        } else if (place instanceof Place.Freplace freplace) {
            where += " " + freplace.function().orElse("")
                    + a.slot().stream().mapToObj(s -> " " + s).findFirst().orElse("");
        } else if (place instanceof Place.Other other) {
            where += " " + other.target().label();
        }
        return scope(a) + " " + where;
    }

    private Optional<Program> program(Attachment a) {
        return a.progId().isPresent() ? snapshot.program(a.progId().getAsInt()) : Optional.empty();
    }

    String name(Attachment a) {
        return program(a).map(Side::name).orElse(unseen(a));
    }

    private static String name(Program program) {
        return program.name().isEmpty() ? "an unnamed program" : program.name();
    }

    /** By the fingerprint where it was read; tags of one source differ between kernels. */
    Optional<String> fingerprint(Attachment a) {
        return program(a).flatMap(p -> p.fingerprint().found());
    }

    Optional<String> tag(Attachment a) {
        return program(a).map(Program::tag);
    }

    /** Name and build, for people. */
    String line(Attachment a) {
        return program(a).map(Side::line).orElse(unseen(a));
    }

    private static String unseen(Attachment a) {
        return a.progId().isPresent() ? "a program that was gone before it was read" : "a classic filter";
    }

    private static String line(Program p) {
        String build = p.fingerprint()
                .found()
                .map(f -> "  build " + f.substring(0, Math.min(12, f.length())))
                .orElse("");
        return name(p) + "  tag " + p.shortTag() + build;
    }

    /** How it is attached. */
    List<String> mode(Attachment a) {
        List<String> words = new ArrayList<>();
        if (a.place() instanceof Place.Xdp xdp) {
            words.add(xdp.mode().label());
        }
        words.add("by " + a.via().label());
        a.filter().ifPresent(filter -> filter.flags().stream()
                .map(TcFilter.Flag::label)
                .sorted()
                .forEach(words::add));
        a.attachFlags().ifPresent(flags -> words.add("flags 0x" + Integer.toHexString(flags)));
        return List.of(String.join(" ", words));
    }

    List<String> owners(Attachment a) {
        return snapshot.index().owners(a).stream()
                .map(Side::owner)
                .distinct()
                .sorted()
                .toList();
    }

    private static String owner(Owner owner) {
        String unit = owner.holder().unit().map(u -> "  " + u).orElse("");
        return owner.holder().comm() + (owner.isInferred() ? "~" : "") + unit;
    }

    List<String> pins(Attachment a) {
        return Pin.ofOthers(snapshot.index().pins(a)).stream()
                .map(Side::pin)
                .distinct()
                .sorted()
                .toList();
    }

    /** A process that lends its root has another number tomorrow. */
    private static String pin(Pin pin) {
        return pin.object().kind().label() + "  " + path(pin);
    }

    private static String path(Pin pin) {
        return LENT.matcher(pin.path()).replaceFirst("/");
    }

    /** What each pin names, by its path. */
    Map<String, String> pinned() {
        Map<String, String> pinned = new HashMap<>();
        for (Pin pin : snapshot.pins()) {
            if (!pin.isOwn() && !snapshot.isOwn(pin.object())) {
                pinned.put(path(pin), object(pin.object()));
            }
        }
        return pinned;
    }

    /** Where pins are that belong to no attachment. */
    Set<String> loosePins() {
        Set<Pin> shown = attachments().stream()
                .flatMap(a -> snapshot.index().pins(a).stream())
                .collect(Collectors.toSet());
        return snapshot.pins().stream()
                .filter(pin -> !pin.isOwn() && !snapshot.isOwn(pin.object()) && !shown.contains(pin))
                .map(Side::path)
                .collect(Collectors.toSet());
    }

    private String object(ObjectId object) {
        String name =
                switch (object.kind()) {
                    case PROG -> snapshot.program(object.id()).map(Side::line).orElse("");
                    case LINK ->
                        snapshot.link(object.id())
                                .map(link -> link.type().label()
                                        + snapshot.program(link.progId())
                                                .map(p -> "  " + line(p))
                                                .orElse(""))
                                .orElse("");
                    case MAP -> snapshot.map(object.id()).map(map -> map.name()).orElse("");
                };
        return object.kind().label() + (name.isEmpty() ? "" : "  " + name);
    }
}

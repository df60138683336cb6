package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Direction;
import bpfbay.model.Link;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.ShellQuote;
import bpfbay.model.Snapshot;
import bpfbay.model.TcParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands of bpftool, ip and tc that show the same thing, one line each, quoted for a shell and
 * printable as they are. What needs a newer tool than Debian 12's says so after a {@code #}.
 */
public final class ShellCommands {
    private ShellCommands() {}

    public static List<String> of(Attachment attachment, Snapshot snapshot) {
        List<String> commands = new ArrayList<>(ofPlace(attachment.place(), snapshot));
        attachment.linkId().ifPresent(id -> commands.add("bpftool link show id " + Words.u32(id)));
        attachment.progId().ifPresent(id -> commands.add("bpftool prog show id " + Words.u32(id)));
        return commands;
    }

    public static List<String> of(Program program) {
        String id = Words.u32(program.id());
        return List.of("bpftool prog show id " + id, "bpftool prog dump xlated id " + id + " linum");
    }

    public static List<String> of(Link link) {
        List<String> commands = new ArrayList<>();
        commands.add("bpftool link show id " + Words.u32(link.id()));
        commands.add("bpftool prog show id " + Words.u32(link.progId()));
        if (link.target() instanceof AttachTarget.StructOps ops) {
            commands.add("bpftool map show id " + Words.u32(ops.mapId()));
        }
        return commands;
    }

    public static List<String> of(BpfMap map) {
        String id = Words.u32(map.id());
        return List.of("bpftool map show id " + id, "bpftool map dump id " + id);
    }

    public static List<String> of(Pin pin) {
        ObjectId object = pin.object();
        return List.of(
                "bpftool " + object.kind().label() + " show pinned " + ShellQuote.quote(pin.path()),
                "bpftool " + object.kind().label() + " show id " + Words.u32(object.id()));
    }

    public static List<String> ofCgroup(String path) {
        String directory = ShellQuote.cgroup(path);
        return List.of("bpftool cgroup show " + directory, "bpftool cgroup show " + directory + " effective");
    }

    private static List<String> ofPlace(Place place, Snapshot snapshot) {
        if (place instanceof Place.Xdp p) {
            return in(
                    p.device().netns(),
                    snapshot,
                    "ip -d link show dev " + ShellQuote.quote(p.device().name()));
        } else if (place instanceof Place.Tc p) {
            String device = ShellQuote.quote(p.device().name());
            return in(p.device().netns(), snapshot, "tc filter show dev " + device + " " + parent(p.parent()));
        } else if (place instanceof Place.TcBlock p) {
            return in(p.netns(), snapshot, "tc filter show block " + Words.u32(p.block()));
        } else if (place instanceof Place.Tcx p) {
            return netShow(p.device().netns(), snapshot, p.device().name());
        } else if (place instanceof Place.Netkit p) {
            return netShow(p.device().netns(), snapshot, p.device().name());
        } else if (place instanceof Place.Cgroup p) {
            return ofCgroup(p.path()).subList(0, 1);
        } else if (place instanceof Place.NetnsHook p) {
            return in(p.netns(), snapshot, "bpftool net show");
        } else if (place instanceof Place.Freplace p) {
            return List.of("bpftool prog show id " + Words.u32(p.targetProgId()));
        }
        return List.of();
    }

    private static String parent(TcParent parent) {
        return parent.direction().map(Direction::label).orElseGet(() -> "parent " + parent.label());
    }

    private static List<String> netShow(long netns, Snapshot snapshot, String device) {
        List<String> commands = new ArrayList<>();
        for (String command : in(netns, snapshot, "bpftool net show dev " + ShellQuote.quote(device))) {
            commands.add(command + "   # bpftool 7.3 or newer");
        }
        return commands;
    }

    /* ip netns exec hides the caller's bpffs under a fresh /sys: only commands that need none are run by it */
    private static List<String> in(long netns, Snapshot snapshot, String command) {
        Optional<NetNamespace> namespace =
                snapshot.namespaces().stream().filter(n -> n.inode() == netns).findFirst();
        if (namespace.isEmpty() || namespace.get().isOwn()) {
            return List.of(command);
        }
        Optional<String> name = namespace.get().names().stream().findFirst();
        return List.of(
                name.isPresent()
                        ? "ip netns exec " + ShellQuote.quote(name.get()) + " " + command
                        : "nsenter --net=" + ShellQuote.quote(namespace.get().path()) + " " + command);
    }
}

package bpfbay.tui;

import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Hosts as they become a moment later. */
public final class Later {
    private Later() {}

    /** A second on: XDP of eth0 runs the newer program, the first tcx program of eth0 is gone. */
    public static Snapshot swappedAndGone() {
        Snapshot swapped = swapped(Snapshots.edge(), "eth0/xdp", 4027);
        return without(swapped, "eth0/tcx/ingress/1", "lxc12a/tcx/ingress/1");
    }

    public static Snapshot swapped(Snapshot snapshot, String ref, int progId) {
        return with(snapshot, edit(snapshot, ref, a -> withProgram(a, progId)));
    }

    public static Snapshot without(Snapshot snapshot, String... refs) {
        List<Attachment> left = snapshot.attachments().stream()
                .filter(a -> !List.of(refs).contains(a.ref()))
                .toList();
        return with(snapshot, left);
    }

    /** The same host, of which every attachment was read anew. */
    public static Snapshot afresh(Snapshot snapshot) {
        return with(
                snapshot,
                snapshot.attachments().stream()
                        .map(a -> at(a, a.position(), a.ref()))
                        .toList());
    }

    /** The chain whose refs begin so, the other way round: each has the position and ref of its counterpart. */
    public static Snapshot turned(Snapshot snapshot, String chain) {
        List<Attachment> old = snapshot.attachments().stream()
                .filter(a -> a.ref().startsWith(chain))
                .toList();
        List<Attachment> turned = new ArrayList<>(snapshot.attachments());
        for (int i = 0; i < old.size(); i++) {
            turned.set(
                    snapshot.attachments().indexOf(old.get(i)),
                    at(old.get(old.size() - 1 - i), i + 1, old.get(i).ref()));
        }
        return with(snapshot, turned);
    }

    private static Attachment at(Attachment a, int position, String ref) {
        return new Attachment(
                ref,
                a.place(),
                position,
                a.via(),
                a.progId(),
                a.linkId(),
                a.revision(),
                a.filter(),
                a.attachFlags(),
                a.slot());
    }

    /** The same host with the attachments in another order. */
    public static Snapshot with(Snapshot snapshot, List<Attachment> attachments) {
        Map<Integer, List<Attachment>> byProgram = new HashMap<>();
        attachments.forEach(a -> a.progId()
                .ifPresent(id ->
                        byProgram.computeIfAbsent(id, k -> new ArrayList<>()).add(a)));
        Relations index = snapshot.index();
        return new Snapshot(
                snapshot.host(),
                snapshot.takenAt().plusSeconds(1),
                snapshot.duration(),
                snapshot.namespaces(),
                snapshot.interfaces(),
                attachments,
                snapshot.programs(),
                snapshot.links(),
                snapshot.maps(),
                snapshot.pins(),
                snapshot.cgroups(),
                new Relations(
                        index.programs(),
                        index.links(),
                        index.maps(),
                        index.owners(),
                        index.pins(),
                        byProgram,
                        index.slots(),
                        index.ownership()),
                snapshot.activity(),
                snapshot.own(),
                snapshot.problems());
    }

    /** A second on, with one pin more. */
    public static Snapshot pinned(Snapshot snapshot, ObjectId object, String path) {
        List<Pin> pins = new ArrayList<>(snapshot.pins());
        pins.add(new Pin(object, path, 170, "0:30"));
        Relations index = snapshot.index();
        return new Snapshot(
                snapshot.host(),
                snapshot.takenAt().plusSeconds(1),
                snapshot.duration(),
                snapshot.namespaces(),
                snapshot.interfaces(),
                snapshot.attachments(),
                snapshot.programs(),
                snapshot.links(),
                snapshot.maps(),
                pins,
                snapshot.cgroups(),
                new Relations(
                        index.programs(),
                        index.links(),
                        index.maps(),
                        index.owners(),
                        Relations.byObject(pins),
                        index.attachments(),
                        index.slots(),
                        index.ownership()),
                snapshot.activity(),
                snapshot.own(),
                snapshot.problems());
    }

    /** The same host while a swap keeps the program of eth0's XDP. */
    public static Snapshot keptForTheWayBack() {
        return pinned(Snapshots.edge(), ObjectId.prog(3815), "/sys/fs/bpf/bpfbay/20261121-225101-3f0a1c/old-0");
    }

    private static List<Attachment> edit(Snapshot snapshot, String ref, UnaryOperator<Attachment> change) {
        return snapshot.attachments().stream()
                .map(a -> a.ref().equals(ref) ? change.apply(a) : a)
                .toList();
    }

    private static Attachment withProgram(Attachment a, int progId) {
        return new Attachment(
                a.ref(),
                a.place(),
                a.position(),
                a.via(),
                OptionalInt.of(progId),
                a.linkId(),
                a.revision(),
                a.filter(),
                a.attachFlags(),
                a.slot());
    }
}

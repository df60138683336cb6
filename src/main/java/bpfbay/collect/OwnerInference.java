package bpfbay.collect;

import bpfbay.model.BpfMap;
import bpfbay.model.Holder;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/*
 * An agent that pins its links closes their descriptors, and a netlink or filter attachment never had
 * one: nobody holds link or program. Such an agent still holds the maps it talks to the program by, so
 * their holders are the likely owner; failing that, who holds anything pinned in the same folder. A
 * process that holds more than a few hundred programs' maps is an observer as often as an agent, which is
 * why the reason always stands beside the name. What bpfbay itself has pinned for the way back of a swap
 * has no neighbours in this sense.
 */
/** The likely owner of a program that no process holds. Pure. */
final class OwnerInference {
    private final Map<ObjectId, List<Holder>> holders;
    private final Map<Integer, BpfMap> maps;
    private final Map<ObjectId, List<Pin>> pins;
    private final Map<Folder, List<Pin>> folders = new HashMap<>();

    private record Folder(String mount, String path) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Folder that && that.path.equals(path) && that.mount.equals(mount);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }
    }

    OwnerInference(Map<ObjectId, List<Holder>> holders, Map<Integer, BpfMap> maps, Map<ObjectId, List<Pin>> pins) {
        this.holders = holders;
        this.maps = maps;
        this.pins = pins;
        pins.values().stream().flatMap(List::stream).filter(pin -> !pin.isOwn()).forEach(pin -> folders.computeIfAbsent(
                        folder(pin), f -> new ArrayList<>())
                .add(pin));
    }

    /** @param linkId of the program's attachment, whose pins count like the program's */
    List<Owner> infer(Program program, OptionalInt linkId) {
        Map<Integer, Owner> found = new LinkedHashMap<>();
        for (int mapId : program.mapIds()) {
            for (Holder holder : holders.getOrDefault(ObjectId.map(mapId), List.of())) {
                found.putIfAbsent(holder.pid(), inferred(holder, "holds its map " + name(mapId)));
            }
        }
        if (found.isEmpty()) {
            pins.getOrDefault(program.object(), List.of()).forEach(pin -> byFolder(pin, found));
            linkId.ifPresent(
                    id -> pins.getOrDefault(ObjectId.link(id), List.of()).forEach(pin -> byFolder(pin, found)));
        }
        return List.copyOf(found.values());
    }

    private void byFolder(Pin pin, Map<Integer, Owner> found) {
        Folder folder = folder(pin);
        for (Pin neighbour : folders.getOrDefault(folder, List.of())) {
            for (Holder holder : holders.getOrDefault(neighbour.object(), List.of())) {
                found.putIfAbsent(
                        holder.pid(),
                        inferred(
                                holder,
                                "holds " + neighbour.object() + ", pinned in the same folder " + folder.path()));
            }
        }
    }

    private static Owner inferred(Holder holder, String because) {
        return new Owner(holder, ObjectId.Kind.MAP, Optional.of(because));
    }

    private String name(int mapId) {
        BpfMap map = maps.get(mapId);
        String id = "#" + Integer.toUnsignedString(mapId);
        return map == null || map.name().isEmpty() ? id : map.name() + " " + id;
    }

    private static Folder folder(Pin pin) {
        int end = pin.path().lastIndexOf('/');
        return new Folder(pin.mount(), end <= 0 ? "/" : pin.path().substring(0, end));
    }
}

package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.MapFacts;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields in which two maps must agree for one to take the other's place. */
final class MapDefinitions {
    private MapDefinitions() {}

    /** One clause a field; empty where they agree. */
    static List<String> differences(BpfMap live, BpfMap other) {
        List<String> found = new ArrayList<>();
        if (!live.type().equals(other.type())) {
            found.add("type " + live.type().label() + " → " + other.type().label());
        }
        number("key", live.keySize(), other.keySize(), found);
        number("value", live.valueSize(), other.valueSize(), found);
        number("max_entries", live.maxEntries(), other.maxEntries(), found);
        if (live.flags() != other.flags()) {
            found.add("flags 0x" + Integer.toHexString(live.flags()) + " → 0x" + Integer.toHexString(other.flags()));
        }
        return found;
    }

    /** Against what a file wants; a size of 0 is libbpf's to fill in. */
    static List<String> differences(BpfMap live, Candidates.DefinedMap wanted) {
        return differences(
                live,
                new BpfMap(
                        live.id(),
                        new MapType(wanted.type()),
                        live.name(),
                        wanted.keySize() == 0 ? live.keySize() : wanted.keySize(),
                        wanted.valueSize() == 0 ? live.valueSize() : wanted.valueSize(),
                        wanted.maxEntries() == 0 ? live.maxEntries() : wanted.maxEntries(),
                        wanted.flags(),
                        live.btfId(),
                        live.btfKeyTypeId(),
                        live.btfValueTypeId()));
    }

    /** Of keys and values as BTF tells them; nothing where either map has none. */
    static List<String> layoutDifferences(MapFacts facts, int live, int other) {
        try {
            MapFacts.Facts a = facts.of(live);
            MapFacts.Facts b = facts.of(other);
            List<String> found = new ArrayList<>();
            layout("key", a.key(), b.key(), found);
            layout("value", a.value(), b.value(), found);
            return found;
        } catch (KernelException unread) {
            return List.of("its layout cannot be read: " + unread.getMessage());
        }
    }

    private static void layout(String name, Optional<String> live, Optional<String> other, List<String> found) {
        if (live.isPresent() && other.isPresent() && !live.equals(other)) {
            found.add(name + " layout " + live.get() + " → " + other.get());
        }
    }

    /** 0 where the kernel does not say. */
    static long memory(MapFacts facts, int mapId) {
        try {
            return facts.of(mapId).memoryBytes().orElse(0);
        } catch (KernelException unread) {
            return 0;
        }
    }

    private static void number(String name, int live, int other, List<String> found) {
        if (live != other) {
            found.add(name + " " + Integer.toUnsignedString(live) + " → " + Integer.toUnsignedString(other));
        }
    }
}

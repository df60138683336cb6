package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import java.util.ArrayList;
import java.util.List;

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

    private static void number(String name, int live, int other, List<String> found) {
        if (live != other) {
            found.add(name + " " + Integer.toUnsignedString(live) + " → " + Integer.toUnsignedString(other));
        }
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two loads the same build: the tag, the maps' definitions, the names of its own BTF functions and
 * the bytes of {@code .rodata} and {@code .data}. Each part carries its length, so that no two builds
 * write the same bytes.
 */
final class Build {
    private static final int DIGITS = 16;

    private ByteBuffer bytes = ByteBuffer.allocate(4096);

    /** Starts anew. */
    Build begin(String tag) {
        bytes.clear();
        return text(tag);
    }

    Build maps(List<BpfMap> maps) {
        number(maps.size());
        for (BpfMap map : inOrder(maps)) {
            text(nameInObject(map))
                    .number(map.type().value())
                    .number(map.keySize())
                    .number(map.valueSize())
                    .number(map.maxEntries())
                    .number(map.flags());
        }
        return this;
    }

    /** The same maps in an order that each load of the object file has. */
    static List<BpfMap> inOrder(List<BpfMap> maps) {
        if (maps.size() < 2) {
            return maps;
        }
        List<BpfMap> sorted = new ArrayList<>(maps);
        sorted.sort(Order.BY_DEFINITION);
        return sorted;
    }

    /** Of maps; a class of its own because the start-up has no need of it. */
    private static final class Order {
        private static final Comparator<BpfMap> BY_DEFINITION = Comparator.comparing(Build::nameInObject)
                .thenComparing(map -> map.type().value())
                .thenComparing(BpfMap::keySize)
                .thenComparing(BpfMap::valueSize)
                .thenComparing(BpfMap::maxEntries)
                .thenComparing(BpfMap::flags);
    }

    Build functions(List<String> names) {
        number(names.size());
        for (String name : names) {
            text(name);
        }
        return this;
    }

    Build data(String name, ByteBuffer value) {
        return text(name).part(value);
    }

    /** What was written since {@link #begin}; good until then. */
    ByteBuffer content() {
        return bytes.slice(0, bytes.position());
    }

    /** The name without the object file's, of which the kernel's 15 bytes leave little: {@code .rodata}. */
    static String nameInObject(BpfMap map) {
        int dot = map.name().indexOf('.');
        return dot < 0 ? map.name() : map.name().substring(dot);
    }

    /**
     * Whether it holds the constants or variables of an object file. Variables may have changed since the
     * load: what is read is what they are when the program is first seen.
     */
    static boolean isData(BpfMap map) {
        String name = nameInObject(map);
        return map.type().equals(MapType.ARRAY)
                && map.maxEntries() == 1
                && (name.startsWith(".rodata") || name.startsWith(".data"));
    }

    static String fingerprint(ByteBuffer content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(content.slice());
            return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private Build text(String text) {
        return part(ByteBuffer.wrap(RawText.encode(text)));
    }

    private Build part(ByteBuffer part) {
        number(part.remaining());
        room(part.remaining());
        bytes.put(part.slice());
        return this;
    }

    private Build number(int value) {
        room(Integer.BYTES);
        bytes.putInt(value);
        return this;
    }

    private void room(int length) {
        if (bytes.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + length));
            larger.put(bytes.flip());
            bytes = larger;
        }
    }
}

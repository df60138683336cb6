package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * What was made from bytes, by the bytes: programs that are loads of one object file bring the same BTF
 * and maps a thousand times. The checksum only finds; the bytes decide.
 */
final class SeenBytes<T> {
    private final Map<Long, List<Seen<T>>> byChecksum = new HashMap<>();
    private final CRC32 checksum = new CRC32();

    private record Seen<T>(ByteBuffer bytes, T made) {}

    /** @param make gets a copy that stays as it is */
    T of(ByteBuffer bytes, Function<ByteBuffer, T> make) {
        checksum.reset();
        checksum.update(bytes.slice());
        List<Seen<T>> candidates = byChecksum.computeIfAbsent(checksum.getValue(), none -> new ArrayList<>(1));
        for (Seen<T> seen : candidates) {
            if (seen.bytes().equals(bytes)) {
                return seen.made();
            }
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.slice().get(copy);
        T made = make.apply(ByteBuffer.wrap(copy));
        candidates.add(new Seen<>(ByteBuffer.wrap(copy), made));
        return made;
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.BpfMap;
import java.nio.ByteBuffer;

/** The one value of an object file's data section. */
final class MapValues {
    private final NativeBuffer value = new NativeBuffer(4096);

    /** Good until the next call; KernelException.Gone where the map is no more. */
    ByteBuffer first(BpfMap map) {
        while (value.capacity() < map.valueSize()) {
            value.grow(0);
        }
        long filled = ReadShim.shim_map_first(map.id(), value.address(), map.valueSize());
        if (filled < 0) {
            throw FdById.refused("BPF_MAP_LOOKUP_ELEM", map.object().toString(), (int) -filled);
        }
        return value.slice((int) filled);
    }
}

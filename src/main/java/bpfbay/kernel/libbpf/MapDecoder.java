package bpfbay.kernel.libbpf;

import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import java.util.OptionalInt;

/** {@code struct bpf_map_info}. */
final class MapDecoder {
    private MapDecoder() {}

    static BpfMap decode(int id, KernelStruct info) {
        int btfId = info.u32(64);
        return new BpfMap(
                id,
                new MapType(info.u32(0)),
                info.text(24, 16),
                info.u32(8),
                info.u32(12),
                info.u32(16),
                info.u32(20),
                btfId == 0 ? OptionalInt.empty() : OptionalInt.of(btfId),
                info.u32(68),
                info.u32(72));
    }
}

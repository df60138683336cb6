package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A map's definition. Source: {@code struct bpf_map_info}. Sizes in bytes.
 *
 * @param flags {@code map_flags}, BPF_F_*
 * @param btfId with the two type ids, absent where it was made without BTF
 */
public record BpfMap(
        int id,
        MapType type,
        String name,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        OptionalInt btfId,
        int btfKeyTypeId,
        int btfValueTypeId) {
    public BpfMap {
        requireNonNull(type, "type");
        requireNonNull(name, "name");
    }

    public ObjectId object() {
        return ObjectId.map(id);
    }
}

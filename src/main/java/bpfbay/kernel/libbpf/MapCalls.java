package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;

/**
 * Looking into one map by bpf(2): a cursor over its keys and the value of the key it stands on. Nothing
 * of it changes the map, not even which entries of an LRU map count as used: lookups of user space do not
 * mark them ({@code map_lookup_elem_sys_only}, since 5.2).
 */
final class MapCalls {
    private final BpfCall lookup = new BpfCall();
    private final BpfCall step = new BpfCall();
    private final NativeBuffer value = new NativeBuffer(4096);
    private NativeBuffer key = new NativeBuffer(64);
    private NativeBuffer following = new NativeBuffer(64);

    /** Makes room for the keys and values of a map, whose values take {@code valueBytes} in user space. */
    void prepare(BpfMap map, int valueBytes) {
        room(key, map.keySize());
        room(following, map.keySize());
        room(value, valueBytes);
    }

    /** Goes to the first key: 0, or -ENOENT when there is none. */
    int first(Fd map) {
        return step(map, 0);
    }

    /** Goes to the key behind; where a deleted key leaves none behind it, to the first one again. */
    int next(Fd map) {
        return step(map, key.address());
    }

    private int step(Fd map, long from) {
        int err = step.u32(0, map.number())
                .u64(8, from)
                .u64(16, following.address())
                .run(BpfCall.MAP_GET_NEXT_KEY);
        if (err == 0) {
            NativeBuffer passed = key;
            key = following;
            following = passed;
        }
        return err;
    }

    /** Goes to a slot of a map whose keys are indexes. */
    void slot(int index) {
        key.view().putInt(0, index);
    }

    /** Reads the value of the key: 0, or -ENOENT where it has gone or the slot is empty. */
    int lookUp(Fd map) {
        return lookUp(map, key.address());
    }

    /** Reads what a map without keys would give out next, and leaves it there. */
    int peek(Fd map) {
        return lookUp(map, 0);
    }

    private int lookUp(Fd map, long at) {
        return lookup.u32(0, map.number()).u64(8, at).u64(16, value.address()).run(BpfCall.MAP_LOOKUP_ELEM);
    }

    /** The value as a number of 4 bytes, such as the id of a slot's program. */
    int number() {
        return value.view().getInt(0);
    }

    Bytes key(int bytes) {
        return copy(key, bytes);
    }

    Bytes value(int bytes) {
        return copy(value, bytes);
    }

    private static Bytes copy(NativeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.view().get(0, bytes);
        return Bytes.copyOf(bytes);
    }

    private static void room(NativeBuffer buffer, int bytes) {
        while (buffer.capacity() < bytes) {
            buffer.grow(0);
        }
    }
}

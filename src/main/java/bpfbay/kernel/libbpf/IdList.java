package bpfbay.kernel.libbpf;

import java.util.Arrays;

/** A growing list of u32 ids without boxes, and its way to the shim. */
final class IdList {
    private int[] ids = new int[16];
    private int count;

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, count);
    }

    /** Writes {@code ids} to the buffer's start. */
    static void put(NativeBuffer buffer, int[] ids) {
        buffer.reserve(4 * ids.length);
        for (int i = 0; i < ids.length; i++) {
            buffer.view().putInt(4 * i, ids[i]);
        }
    }
}

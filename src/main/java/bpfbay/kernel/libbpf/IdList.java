package bpfbay.kernel.libbpf;

import java.util.Arrays;

/** A growing list of u32 ids without boxes. */
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
}

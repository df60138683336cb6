package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;

/**
 * The rows of one walk and those of the walk before, which tell without garbage whether anything has
 * changed. A row begins with the id and ascends by it; the layouts are those of {@code shim.h}.
 */
final class Rows {
    /** {@code struct shim_prog_row}. */
    static final int PROG_BYTES = 24;
    /** {@code struct shim_link_row}. */
    static final int LINK_BYTES = 32;
    /** {@code struct shim_map_row}. */
    static final int MAP_BYTES = 8;
    /** {@code struct shim_holding_row}; it begins with the process. */
    static final int HOLDING_BYTES = 40;

    /* a walk that finds too little room begins anew; pages that are never written take none */
    static final int ROOM = 1 << 18;

    private final int rowBytes;
    private NativeBuffer now = new NativeBuffer(ROOM);
    private NativeBuffer before = new NativeBuffer(ROOM);
    private int nowBytes;
    private int beforeBytes;

    Rows(int rowBytes) {
        this.rowBytes = rowBytes;
    }

    /** The buffer of the next walk; the current rows become those before. */
    NativeBuffer next() {
        NativeBuffer oldest = before;
        before = now;
        beforeBytes = nowBytes;
        now = oldest;
        nowBytes = 0;
        return now;
    }

    /** Ends the walk that {@link #next} began. */
    void filled(int bytes) {
        nowBytes = bytes;
    }

    boolean areUnchanged() {
        return nowBytes == beforeBytes && current().mismatch(before.slice(beforeBytes)) < 0;
    }

    int rowBytes() {
        return rowBytes;
    }

    int count() {
        return nowBytes / rowBytes;
    }

    int id(int row) {
        return now.view().getInt(row * rowBytes);
    }

    ByteBuffer current() {
        return now.slice(nowBytes);
    }

    ByteBuffer previous() {
        return before.slice(beforeBytes);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code shim_bpffs_list} says of one directory.
 *
 * @param device {@code major:minor}
 * @param mtime ns, taken before the entries
 * @param clock that of files, in ns, taken before the time
 */
record DirListing(String device, long mtime, long clock, List<Entry> entries) {
    static final int HEAD_BYTES = 24;
    static final int ENTRY_BYTES = 16;

    private static final long OF_NO_FILE = Long.MIN_VALUE;

    /** What an entry is. */
    enum Kind {
        DIRECTORY,
        PIN
    }

    record Entry(String name, Kind kind, long inode) {}

    static DirListing decode(ByteBuffer bytes) {
        List<Entry> entries = new ArrayList<>();
        for (int at = HEAD_BYTES; at < bytes.limit(); at += bytes.getInt(at)) {
            byte[] name = new byte[bytes.getInt(at) - ENTRY_BYTES];
            bytes.get(at + ENTRY_BYTES, name);
            entries.add(new Entry(
                    RawText.decodeCString(name),
                    bytes.getInt(at + 4) != 0 ? Kind.DIRECTORY : Kind.PIN,
                    bytes.getLong(at + 8)));
        }
        return new DirListing(
                Integer.toUnsignedString(bytes.getInt(0)) + ":" + Integer.toUnsignedString(bytes.getInt(4)),
                bytes.getLong(8),
                bytes.getLong(16),
                entries);
    }

    /**
     * The time that any later change of the directory makes another. While the clock of files stands at the
     * last change, one more would have the same time: then it is one that no file has.
     */
    long settledMtime() {
        return mtime < clock ? mtime : OF_NO_FILE;
    }
}

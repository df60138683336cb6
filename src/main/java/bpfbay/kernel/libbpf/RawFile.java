package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;

/** Reads small files of /proc by the calling thread, by any path, without garbage. */
final class RawFile {
    private final NativeBuffer buffer = new NativeBuffer(1 << 14);
    private int errno;

    /** All of it, good until the next call; nothing where it cannot be opened or read: see {@link #errno}. */
    ByteBuffer read(String path) {
        byte[] raw = RawPath.encode(path);
        int length = Filling.into(buffer, (address, capacity) -> SystemShim.shim_read_file(raw, address, capacity));
        errno = Math.max(0, -length);
        return buffer.slice(Math.max(0, length));
    }

    /** The same as text; empty where it cannot be opened or read. */
    String text(String path) {
        ByteBuffer read = read(path);
        byte[] bytes = new byte[read.limit()];
        read.get(0, bytes);
        return RawText.decode(bytes);
    }

    /** Why the last file could not be read; 0 when it could. */
    int errno() {
        return errno;
    }
}

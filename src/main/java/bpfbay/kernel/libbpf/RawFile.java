package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import java.nio.ByteBuffer;

/** Reads small files of /proc by the calling thread, by any path, without garbage. */
final class RawFile {
    private static final int O_CLOEXEC = 0x80000;

    private final NativeBuffer buffer = new NativeBuffer(1 << 14);
    private int errno;

    /** All of it, good until the next call; nothing where it cannot be opened or read: see {@link #errno}. */
    ByteBuffer read(String path) {
        int fd = Libc.open(RawPath.encode(path), O_CLOEXEC);
        errno = fd < 0 ? Native.getLastError() : 0;
        if (fd < 0) {
            return buffer.slice(0);
        }
        int length = 0;
        long got = Libc.read(fd, buffer.address(), buffer.capacity());
        while (got > 0) {
            length += (int) got;
            if (length == buffer.capacity()) {
                buffer.grow(length);
            }
            got = Libc.read(fd, buffer.address() + length, buffer.capacity() - length);
        }
        errno = got < 0 ? Native.getLastError() : 0;
        Libc.close(fd);
        return buffer.slice(errno == 0 ? length : 0);
    }

    /** Why the last file could not be read; 0 when it could. */
    int errno() {
        return errno;
    }
}

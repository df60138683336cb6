package bpfbay.kernel.libbpf;

import java.util.Collection;

/** Several paths in one buffer, each with its NUL, as the shim takes them. */
final class Paths {
    private final NativeBuffer buffer = new NativeBuffer(4096);

    /** The buffer's address is good until the next call. */
    long put(Collection<String> paths) {
        int at = 0;
        for (String path : paths) {
            byte[] bytes = RawPath.encode(path);
            while (buffer.capacity() - at < bytes.length) {
                buffer.grow(at);
            }
            buffer.view().put(at, bytes);
            at += bytes.length;
        }
        return buffer.address();
    }

    /** Of the paths put last. */
    long address() {
        return buffer.address();
    }
}

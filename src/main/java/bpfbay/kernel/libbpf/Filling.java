package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;

/** A call that fills a caller's buffer: bytes written, or -errno with -ENOSPC for one that is too small. */
@FunctionalInterface
interface Filling {
    long fill(long address, long capacity);

    /** Asks with ever larger buffers until the answer fits. Returns its length, or -errno. */
    static int into(NativeBuffer buffer, Filling call) {
        while (true) {
            long filled = call.fill(buffer.address(), buffer.capacity());
            if (filled != -Errno.ENOSPC) {
                return (int) filled;
            }
            buffer.grow(0);
        }
    }
}

package bpfbay.kernel.libbpf;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** flock(2), which Java does not have: its locks are those of fcntl(2). */
final class GuardLibc {
    static final int LOCK_EX = 2;

    static {
        Native.register(GuardLibc.class, NativeLibrary.getProcess());
    }

    private GuardLibc() {}

    static native int flock(int fd, int operation);
}

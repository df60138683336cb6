package bpfbay.pty;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/** libc, as far as a pseudo terminal's master needs it: -1 and {@code Native.getLastError()}. */
final class PtyCalls {
    static final int O_RDWR = 2;
    static final int O_NOCTTY = 0x100;
    static final int O_CLOEXEC = 0x80000;
    static final long TIOCSWINSZ = 0x5414;
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int EINTR = 4;

    static {
        Native.register(PtyCalls.class, NativeLibrary.getProcess(Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    }

    private PtyCalls() {}

    static native int posix_openpt(int flags);

    static native int grantpt(int fd);

    static native int unlockpt(int fd);

    static native int ptsname_r(int fd, byte[] name, long size);

    static native int ioctl(int fd, long request, short[] argument);

    static native int tcgetattr(int fd, byte[] termios);

    static native int tcgetpgrp(int fd);

    static native int poll(byte[] fds, long count, int timeoutMs);

    static native long read(int fd, byte[] buffer, long count);

    static native long write(int fd, byte[] bytes, long count);

    static native int close(int fd);

    static native int kill(int pid, int signal);
}

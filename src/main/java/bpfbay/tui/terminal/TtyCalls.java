package bpfbay.tui.terminal;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/** libc, as far as neither Java nor JLine asks it: -1 and {@code Native.getLastError()} in the next statement. */
final class TtyCalls {
    static final int POLLIN = 0x001;
    static final int POLLOUT = 0x004;
    static final int POLLHUP = 0x010;
    static final int TCSANOW = 0;
    static final int TCIFLUSH = 0;
    static final int SIGSTOP = 19;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    /** More than any {@code struct termios}. */
    static final int TERMIOS_ROOM = 256;

    static {
        Native.register(TtyCalls.class, NativeLibrary.getProcess(Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    }

    private TtyCalls() {}

    static native int isatty(int fd);

    static native int tcgetattr(int fd, byte[] termios);

    static native int tcsetattr(int fd, int when, byte[] termios);

    static native void cfmakeraw(byte[] termios);

    static native int tcflush(int fd, int queue);

    static native int tcgetpgrp(int fd);

    static native int getpgrp();

    static native int poll(byte[] fds, long count, int timeoutMs);

    static native long read(int fd, byte[] buffer, long count);

    static native long write(int fd, byte[] bytes, long count);

    static native int kill(int pid, int signal);

    /** What the descriptor is ready for; 0 when the time is over, or -errno. */
    static int poll(int fd, int events, int timeoutMs) {
        byte[] pollfd = {(byte) fd, 0, 0, 0, (byte) events, (byte) (events >> 8), 0, 0};
        if (poll(pollfd, 1, timeoutMs) < 0) {
            return -Native.getLastError();
        }
        return (pollfd[6] & 0xff) | ((pollfd[7] & 0xff) << 8);
    }
}

package bpfbay.tui.terminal;

import bpfbay.shim.Shim;

/** {@code native/shim_tty.c}: libc, as far as neither Java nor JLine asks it. A value, or -errno. */
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
        Shim.load();
    }

    private TtyCalls() {}

    static native int sizeof_termios();

    /** 1 or 0. */
    static native int isatty(int fd);

    static native int tcgetattr(int fd, byte[] termios);

    static native int tcsetattr(int fd, int when, byte[] termios);

    static native void cfmakeraw(byte[] termios);

    static native int tcflush(int fd, int queue);

    static native int tcgetpgrp(int fd);

    static native int getpgrp();

    /** The columns times 65536 and the rows; each 0 where the terminal does not say. */
    static native int winsize(int fd);

    /** What the descriptor is ready for; 0 when the time is over. */
    static native int poll(int fd, int events, int timeoutMs);

    static native int read(int fd, byte[] buffer, int room);

    static native int write(int fd, byte[] bytes, int from, int length);

    static native int kill(int pid, int signal);
}

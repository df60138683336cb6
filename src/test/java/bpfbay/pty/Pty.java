package bpfbay.pty;

import com.sun.jna.Native;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The master's end of a pseudo terminal. Reads on one thread, everything else on another. */
final class Pty implements AutoCloseable {
    private static final int TERMIOS_BYTES = 60;

    private final int fd;
    private final File slave;

    private Pty(int fd, File slave) {
        this.fd = fd;
        this.slave = slave;
    }

    static Pty open(int columns, int rows) {
        int fd = check("posix_openpt", PtyCalls.posix_openpt(PtyCalls.O_RDWR | PtyCalls.O_NOCTTY | PtyCalls.O_CLOEXEC));
        check("grantpt", PtyCalls.grantpt(fd));
        check("unlockpt", PtyCalls.unlockpt(fd));
        byte[] name = new byte[64];
        check("ptsname_r", PtyCalls.ptsname_r(fd, name, name.length));
        Pty pty = new Pty(fd, new File(Native.toString(name, "UTF-8")));
        pty.resize(columns, rows);
        return pty;
    }

    File slave() {
        return slave;
    }

    /** The kernel sends SIGWINCH to the foreground process group if that is another size. */
    void resize(int columns, int rows) {
        short[] winsize = {(short) rows, (short) columns, 0, 0};
        check("TIOCSWINSZ", PtyCalls.ioctl(fd, PtyCalls.TIOCSWINSZ, winsize));
    }

    /** {@code struct termios} of the slave, every byte of it. */
    String termios() {
        byte[] bytes = new byte[256];
        check("tcgetattr", PtyCalls.tcgetattr(fd, bytes));
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, TERMIOS_BYTES));
    }

    int foregroundGroup() {
        return PtyCalls.tcgetpgrp(fd);
    }

    boolean isReadable(int timeoutMs) {
        byte[] pollfd = {
            (byte) fd, (byte) (fd >> 8), (byte) (fd >> 16), (byte) (fd >> 24), (byte) PtyCalls.POLLIN, 0, 0, 0
        };
        return PtyCalls.poll(pollfd, 1, timeoutMs) > 0;
    }

    /** How many bytes, or 0 once nobody has the slave open: read(2) says EIO then. */
    int read(byte[] buffer) {
        long length = PtyCalls.read(fd, buffer, buffer.length);
        return length < 0 ? 0 : (int) length;
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            byte[] rest = Arrays.copyOfRange(bytes, done, bytes.length);
            done += check("write", (int) PtyCalls.write(fd, rest, rest.length));
        }
    }

    /** The line hangs up: SIGHUP to the session, and end of file to whoever reads. */
    @Override
    public void close() {
        PtyCalls.close(fd);
    }

    private static int check(String call, int result) {
        if (result < 0) {
            throw new AssertionError(call + ": errno " + Native.getLastError());
        }
        return result;
    }
}

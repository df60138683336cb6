package bpfbay.tui.terminal;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the terminal and hands inputs on, until it is closed or the terminal is gone. Wakes for input, and
 * once a second to see whether the terminal is still there.
 */
final class InputThread implements AutoCloseable {
    /**
     * How long after an ESC the rest of a sequence may come. A terminal sends a sequence at once, and even a
     * slow line carries it in one packet; this much covers one that was split.
     */
    static final int ESCAPE_MS = 50;

    /** What has surely begun may take longer: over a bad line the rest comes after a retransmission. */
    static final int SEQUENCE_MS = 500;

    static final int PASTE_MS = 3_000;

    private static final int PROBE_MS = 1_000;
    private static final int AWAY_MS = 200;

    private final int fd;
    private final BooleanSupplier mayRead;
    private final Consumer<Input> out;
    private final KeyParser parser;
    private final Thread thread;
    private volatile boolean closed;

    /** @param mayRead false while the terminal belongs to somebody else, whose keys these are */
    InputThread(int fd, BooleanSupplier mayRead, Consumer<Input> out) {
        this.fd = fd;
        this.mayRead = mayRead;
        this.out = out;
        this.parser = new KeyParser(out);
        this.thread = new Thread(this::run, "bpfbay-input");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        byte[] buffer = new byte[4096];
        while (!closed) {
            boolean isOurs = mayRead.getAsBoolean();
            int ready = TtyCalls.poll(fd, isOurs ? TtyCalls.POLLIN : 0, isOurs ? patience() : AWAY_MS);
            if (ready == 0) {
                parser.pause();
                probe();
            } else if (ready < 0) {
                endUnless(-ready == TtyCalls.EINTR);
            } else if (isOurs && mayRead.getAsBoolean()) {
                read(buffer);
            } else if ((ready & TtyCalls.POLLHUP) != 0) {
                endUnless(closed);
            }
        }
    }

    private int patience() {
        return switch (parser.pending()) {
            case NOTHING -> PROBE_MS;
            case ESCAPE -> ESCAPE_MS;
            case SEQUENCE -> SEQUENCE_MS;
            case PASTE -> PASTE_MS;
        };
    }

    /** A terminal that has hung up fails. */
    private void probe() {
        endUnless(TtyCalls.tcgetattr(fd, new byte[TtyCalls.TERMIOS_ROOM]) == 0);
    }

    private void read(byte[] buffer) {
        int length = TtyCalls.read(fd, buffer, buffer.length);
        if (length > 0) {
            parser.feed(buffer, length);
        } else if (length == 0) {
            endUnless(closed);
        } else {
            endUnless(-length == TtyCalls.EINTR || -length == TtyCalls.EAGAIN);
        }
    }

    private void endUnless(boolean isFine) {
        if (!isFine) {
            closed = true;
            out.accept(new Input.Ended("the terminal is gone"));
        }
    }

    /** It ends by itself within a second, and nothing is read after this. */
    @Override
    public void close() {
        closed = true;
    }
}

package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/** Collects a frame and hands it over whole. */
final class FrameBuffer extends ByteArrayOutputStream {
    /** A smaller frame arrives at once anyway, and the words around it would cost more than they give. */
    private static final int SYNCHRONIZED_FROM = 1024;

    private static final byte[] BEGIN = "\033[?2026h".getBytes(US_ASCII);
    private static final byte[] END = "\033[?2026l".getBytes(US_ASCII);

    private final Wire wire;
    private final boolean isSynchronizing;

    /** @param kind what knows synchronized output, or does not mind it, draws a large frame at once */
    FrameBuffer(Wire wire, TerminalKind kind) {
        super(8192);
        this.wire = wire;
        this.isSynchronizing = !kind.isHardware();
        begin();
    }

    private void begin() {
        reset();
        writeBytes(BEGIN);
    }

    @Override
    public void flush() {
        int length = count - BEGIN.length;
        if (length > SYNCHRONIZED_FROM && isSynchronizing) {
            writeBytes(END);
            wire.write(buf, count);
        } else if (length > 0) {
            System.arraycopy(buf, BEGIN.length, buf, 0, length);
            wire.write(buf, length);
        }
        begin();
    }
}

package bpfbay.tui.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** What JLine asks of the terminal: its size. Its mode is {@link Tty}'s own, byte for byte, so JLine sees and sets none. */
final class StandardStreams implements Pty {
    private static final int OUT = 1;
    private static final int COLUMNS_SHIFT = 16;
    private static final int ROWS_MASK = 0xffff;

    /** 0 by 0 where the terminal does not say. */
    @Override
    public Size getSize() {
        int size = Math.max(0, TtyCalls.winsize(OUT));
        return new Size(size >>> COLUMNS_SHIFT, size & ROWS_MASK);
    }

    @Override
    public InputStream getSlaveInput() {
        return new FileInputStream(FileDescriptor.in);
    }

    @Override
    public OutputStream getSlaveOutput() {
        return new FileOutputStream(FileDescriptor.out);
    }

    @Override
    public Attributes getAttr() {
        return new Attributes();
    }

    @Override
    public void setAttr(Attributes attributes) {}

    @Override
    public void setSize(Size size) {
        throw new UnsupportedOperationException("the size is the terminal's");
    }

    @Override
    public InputStream getMasterInput() {
        throw new UnsupportedOperationException("the other side is not ours");
    }

    @Override
    public OutputStream getMasterOutput() {
        throw new UnsupportedOperationException("the other side is not ours");
    }

    @Override
    public SystemStream getSystemStream() {
        return SystemStream.Output;
    }

    @Override
    public TerminalProvider getProvider() {
        throw new UnsupportedOperationException("made by hand");
    }

    @Override
    public void close() {}
}

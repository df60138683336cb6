package bpfbay.pty;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jline.builtins.ScreenTerminal;

/** A VT100 with UTF-8 that keeps what it was sent. For one thread at a time. */
public final class Emulator {
    private final ScreenTerminal terminal;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder sent = new StringBuilder();
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private int columns;
    private int rows;

    public Emulator(int columns, int rows) {
        this.terminal = new ScreenTerminal(columns, rows);
        this.columns = columns;
        this.rows = rows;
    }

    public void write(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.allocate(undecoded.remaining() + length);
        in.put(undecoded).put(bytes, 0, length).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        undecoded = in.slice();
        String text = out.flip().toString();
        sent.append(text);
        terminal.write(text);
    }

    /** A size smaller than 2x2 is beyond it: it keeps its own then, and shows what it is sent there. */
    public void resize(int newColumns, int newRows) {
        if (terminal.setSize(newColumns, newRows)) {
            columns = newColumns;
            rows = newRows;
        }
    }

    public PtyScreen screen() {
        PtyScreen.Modes initial = PtyScreen.Modes.INITIAL;
        PtyScreen.Modes modes = new PtyScreen.Modes(
                is("?1049", initial.isAlternate()),
                is("?25", initial.isCursorShown()),
                is("?2004", initial.isPasteBracketed()));
        return PtyScreen.of(terminal, columns, rows, modes);
    }

    /** Everything that came, sequences included. */
    public String sent() {
        return sent.toString();
    }

    private boolean is(String mode, boolean initially) {
        int on = sent.lastIndexOf("\033[" + mode + "h");
        int off = sent.lastIndexOf("\033[" + mode + "l");
        return on == off ? initially : on > off;
    }
}

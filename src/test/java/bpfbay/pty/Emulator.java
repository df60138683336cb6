package bpfbay.pty;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.builtins.ScreenTerminal;

/** A VT100 with UTF-8 that keeps what it was sent. For one thread at a time. */
public final class Emulator {
    private static final Pattern MODE = Pattern.compile("\033\\[\\?(1049|25|2004)([hl])");
    private static final int LONGEST_MODE = "\033[?1049h".length() - 1;

    private final ScreenTerminal terminal;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder sent = new StringBuilder();
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private PtyScreen.Modes modes = PtyScreen.Modes.INITIAL;
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
        int unseen = Math.max(0, sent.length() - LONGEST_MODE);
        sent.append(text);
        note(sent.substring(unseen));
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
        return PtyScreen.of(terminal, columns, rows, modes);
    }

    /** Everything that came, sequences included. */
    public String sent() {
        return sent.toString();
    }

    /** Twice is as good as once: a sequence may be seen again with the next write. */
    private void note(String text) {
        Matcher matcher = MODE.matcher(text);
        while (matcher.find()) {
            boolean on = matcher.group(2).equals("h");
            modes = switch (matcher.group(1)) {
                case "1049" -> new PtyScreen.Modes(on, modes.isCursorShown(), modes.isPasteBracketed());
                case "25" -> new PtyScreen.Modes(modes.isAlternate(), on, modes.isPasteBracketed());
                default -> new PtyScreen.Modes(modes.isAlternate(), modes.isCursorShown(), on);
            };
        }
    }
}

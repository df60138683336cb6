package bpfbay.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a bracketed paste up to its end mark; those beyond the limit are dropped. */
final class PasteBuffer {
    private static final byte[] END = {0x1b, '[', '2', '0', '1', '~'};

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int matched;

    PasteBuffer(int limit) {
        this.limit = limit;
    }

    /** Takes one byte; whether it was the last of the end mark. */
    boolean isEnd(int b) {
        if (b == END[matched]) {
            matched++;
            return matched == END.length;
        }
        keep(END, matched);
        matched = b == END[0] ? 1 : 0;
        if (matched == 0) {
            keep(new byte[] {(byte) b}, 1);
        }
        return false;
    }

    private void keep(byte[] kept, int length) {
        if (bytes.size() + length <= limit) {
            bytes.write(kept, 0, length);
        }
    }

    /** The text, and forgets it. A terminal pastes the end of a line as CR. */
    String take() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        matched = 0;
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}

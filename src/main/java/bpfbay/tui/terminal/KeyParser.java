package bpfbay.tui.terminal;

import static bpfbay.tui.terminal.Input.Modifier.ALT;
import static bpfbay.tui.terminal.Input.Modifier.CTRL;

import java.util.function.Consumer;

/*
 * A terminal sends keys, answers, reports and pastes in one stream of bytes. Whatever begins with ESC is
 * read to its end before anything is decided, and what is not known is dropped whole: with single keys
 * that act, a byte of an unknown sequence taken for a key is a fault. Only time can tell a lone ESC from
 * the beginning of a sequence, so the caller says when nothing has come for a while.
 */
/**
 * Bytes of a terminal to keys and pastes. Pure: the same bytes give the same inputs however they are
 * split, as long as {@link #pause} is not called between them. Never throws. For one thread.
 */
public final class KeyParser {
    /** A longer paste is cut. */
    public static final int PASTE_LIMIT = 65_536;

    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int LONGEST_SEQUENCE = 64;
    private static final int MOUSE_BYTES = 3;

    private enum Mode {
        GROUND,
        ESCAPE,
        CSI,
        CONSOLE,
        SS3,
        MOUSE,
        OSC,
        STRING,
        STRING_ESCAPE,
        PASTE,
        UTF8
    }

    /** What is held back; the caller waits longer for the rest of what has surely begun. */
    public enum Pending {
        NOTHING,
        /** An ESC that may be a key. */
        ESCAPE,
        SEQUENCE,
        PASTE
    }

    private final Consumer<Input> out;
    private final StringBuilder parameters = new StringBuilder();
    private final PasteBuffer pasted = new PasteBuffer(PASTE_LIMIT);
    private final Utf8Assembly character = new Utf8Assembly();
    private Mode mode = Mode.GROUND;
    private boolean isAlt;
    private int mouseBytes;

    public KeyParser(Consumer<Input> out) {
        this.out = out;
    }

    public void feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            feed(bytes[i] & 0xff);
        }
    }

    public Pending pending() {
        return switch (mode) {
            case GROUND -> Pending.NOTHING;
            case ESCAPE -> Pending.ESCAPE;
            case PASTE -> Pending.PASTE;
            default -> Pending.SEQUENCE;
        };
    }

    /** Nothing has come for a while: a lone ESC is the Escape key, an unfinished sequence is dropped. */
    public void pause() {
        Mode before = mode;
        ground();
        if (before == Mode.ESCAPE) {
            out.accept(Input.key(Input.Name.ESCAPE));
        } else if (before == Mode.PASTE) {
            out.accept(new Input.Paste(pasted.take()));
        }
    }

    private void ground() {
        mode = Mode.GROUND;
        isAlt = false;
        parameters.setLength(0);
    }

    private void begin(Mode sequence) {
        ground();
        mode = sequence;
    }

    private void feed(int b) {
        switch (mode) {
            case GROUND -> plain(b);
            case ESCAPE -> escape(b);
            case CSI -> csi(b);
            case CONSOLE -> console(b);
            case SS3 -> ss3(b);
            case MOUSE -> mouse();
            case OSC, STRING -> string(b);
            case STRING_ESCAPE -> stringEscape(b);
            case PASTE -> paste(b);
            case UTF8 -> continuation(b);
        }
    }

    private void plain(int b) {
        if (b == ESC) {
            begin(Mode.ESCAPE);
        } else if (b < 0x80) {
            Input key = single(b);
            ground();
            out.accept(key);
        } else if (character.begin(b)) {
            mode = Mode.UTF8;
        } else {
            eightBit(b);
        }
    }

    /** The one-byte forms of the beginnings; no UTF-8 begins with them. */
    private void eightBit(int b) {
        switch (b) {
            case 0x8f -> begin(Mode.SS3);
            case 0x9b -> begin(Mode.CSI);
            case 0x9d -> begin(Mode.OSC);
            case 0x90, 0x98, 0x9e, 0x9f -> begin(Mode.STRING);
            default -> ground();
        }
    }

    private Input single(int b) {
        return switch (b) {
            case 0x00 -> Input.key(' ', withAlt(CTRL));
            case 0x08, 0x7f -> named(Input.Name.BACKSPACE);
            case 0x09 -> named(Input.Name.TAB);
            case 0x0a, 0x0d -> named(Input.Name.ENTER);
            case 0x1c, 0x1d, 0x1e, 0x1f -> Input.key(b + 0x40, withAlt(CTRL));
            default -> b < 0x20 ? Input.key(b + 0x60, withAlt(CTRL)) : character(b);
        };
    }

    private Input character(int codePoint) {
        return isAlt ? Input.key(codePoint, ALT) : Input.key(codePoint);
    }

    private Input named(Input.Name name) {
        return isAlt ? Input.key(name, ALT) : Input.key(name);
    }

    private Input.Modifier[] withAlt(Input.Modifier modifier) {
        return isAlt ? new Input.Modifier[] {modifier, ALT} : new Input.Modifier[] {modifier};
    }

    private void escape(int b) {
        switch (b) {
            case '[' -> mode = Mode.CSI;
            case 'O' -> mode = Mode.SS3;
            case ']' -> mode = Mode.OSC;
            case 'P', '_', '^', 'X' -> mode = Mode.STRING;
            case ESC -> out.accept(Input.key(Input.Name.ESCAPE));
            default -> {
                isAlt = true;
                mode = Mode.GROUND;
                plain(b);
            }
        }
    }

    private void csi(int b) {
        if (b == '[' && parameters.isEmpty()) {
            mode = Mode.CONSOLE;
        } else if (b >= 0x40 && b <= 0x7e) {
            finish((char) b);
        } else {
            parameter(b);
        }
    }

    /** Stays in the sequence whatever comes: what follows a damaged one up to its last byte is no key. */
    private void parameter(int b) {
        if (b == ESC) {
            begin(Mode.ESCAPE);
        } else if (b == CAN || b == SUB) {
            ground();
        } else if (parameters.length() < LONGEST_SEQUENCE) {
            parameters.append((char) b);
        }
    }

    private void finish(char last) {
        String text = parameters.toString();
        ground();
        if (last == '~' && text.equals("200")) {
            begin(Mode.PASTE);
        } else if (last == 'M' && text.isEmpty()) {
            begin(Mode.MOUSE);
            mouseBytes = 0;
        } else {
            EscapeSequences.csi(text, last).ifPresent(out);
        }
    }

    private void console(int b) {
        begin(b == ESC ? Mode.ESCAPE : Mode.GROUND);
        EscapeSequences.console((char) b).ifPresent(out);
    }

    private void ss3(int b) {
        if (b < 0x40 || b > 0x7e) {
            parameter(b);
            return;
        }
        String text = parameters.toString();
        ground();
        EscapeSequences.ss3(text, (char) b).ifPresent(out);
    }

    /** An old report of the mouse: three bytes of any value. */
    private void mouse() {
        mouseBytes++;
        if (mouseBytes == MOUSE_BYTES) {
            ground();
        }
    }

    /** Only an operating system command may end with BEL. */
    private void string(int b) {
        if ((b == BEL && mode == Mode.OSC) || b == CAN || b == SUB) {
            ground();
        } else if (b == ESC) {
            parameters.append(mode == Mode.OSC ? "o" : "s");
            mode = Mode.STRING_ESCAPE;
        }
    }

    private void stringEscape(int b) {
        if (b == '\\') {
            ground();
        } else if (b != ESC) {
            Mode kind = parameters.indexOf("o") == 0 ? Mode.OSC : Mode.STRING;
            begin(kind);
            string(b);
        }
    }

    private void paste(int b) {
        if (pasted.isEnd(b)) {
            ground();
            out.accept(new Input.Paste(pasted.take()));
        }
    }

    private void continuation(int b) {
        switch (character.add(b)) {
            case MORE -> {}
            case DONE -> {
                Input key = character(character.codePoint());
                ground();
                out.accept(key);
            }
            case INVALID -> ground();
            case BROKEN -> {
                ground();
                plain(b);
            }
        }
    }
}

package bpfbay.tui.terminal;

import java.util.EnumSet;
import java.util.Set;

/** What comes from the terminal. */
public sealed interface Input {
    /** A key without a character. */
    record Named(Name name, Set<Modifier> modifiers) implements Input {
        public Named {
            modifiers = Set.copyOf(modifiers);
        }
    }

    /**
     * A key that stands for a character: one code point, beyond the BMP too. With CTRL it is the small
     * letter or the sign that is pressed with it.
     */
    record Char(int codePoint, Set<Modifier> modifiers) implements Input {
        public Char {
            modifiers = Set.copyOf(modifiers);
        }
    }

    /**
     * A bracketed paste, of at most {@link KeyParser#PASTE_LIMIT} bytes; never keys. Lines end with a
     * newline; control characters may be in it.
     */
    record Paste(String text) implements Input {}

    /** The terminal has another size: {@link Surface#resize}. */
    record Resized(int columns, int rows) implements Input {}

    /** Somebody sent SIGTSTP: the drawing thread is to call {@link Tty#suspend}. */
    record StopWished() implements Input {}

    /** The process goes on after a stop: {@link Surface#resume}. */
    record Continued() implements Input {}

    /** No more input will come: the terminal is gone, and the process should end. */
    record Ended(String why) implements Input {}

    /** Keys without a character. */
    enum Name {
        ENTER,
        ESCAPE,
        BACKSPACE,
        TAB,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        INSERT,
        DELETE,
        F1,
        F2,
        F3,
        F4,
        F5,
        F6,
        F7,
        F8,
        F9,
        F10,
        F11,
        F12
    }

    /** Keys held down beside it. */
    enum Modifier {
        SHIFT,
        ALT,
        CTRL
    }

    static Input key(Name name, Modifier... modifiers) {
        return new Named(name, set(modifiers));
    }

    static Input key(int codePoint, Modifier... modifiers) {
        return new Char(codePoint, set(modifiers));
    }

    private static Set<Modifier> set(Modifier... modifiers) {
        Set<Modifier> set = EnumSet.noneOf(Modifier.class);
        set.addAll(Set.of(modifiers));
        return set;
    }
}

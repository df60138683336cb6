package bpfbay.tui;

import bpfbay.tui.state.Event;
import bpfbay.tui.state.Key;
import bpfbay.tui.terminal.Input;

/** What comes from the terminal, as events. A key with Alt, or one that has no use here, is no key. */
final class Inputs {
    private static final Key UNUSED = Key.of(Key.Name.OTHER);

    private Inputs() {}

    static Event event(Input input) {
        if (input instanceof Input.Char c) {
            return new Event.Typed(key(c));
        } else if (input instanceof Input.Named named) {
            return new Event.Typed(key(named));
        } else if (input instanceof Input.Paste paste) {
            return new Event.Pasted(paste.text());
        } else if (input instanceof Input.Resized size) {
            return new Event.Resized(size.columns(), size.rows());
        } else if (input instanceof Input.StopWished) {
            return new Event.StopWished();
        } else if (input instanceof Input.Continued) {
            return new Event.Continued();
        }
        return new Event.Ended();
    }

    private static Key key(Input.Char c) {
        if (c.modifiers().contains(Input.Modifier.ALT)) {
            return UNUSED;
        } else if (c.modifiers().contains(Input.Modifier.CTRL)) {
            return Key.ctrl((char) c.codePoint());
        }
        return Key.of(c.codePoint());
    }

    private static Key key(Input.Named named) {
        boolean isPlain = !named.modifiers().contains(Input.Modifier.ALT)
                && !named.modifiers().contains(Input.Modifier.CTRL);
        return isPlain ? Key.of(name(named.name())) : UNUSED;
    }

    private static Key.Name name(Input.Name name) {
        return switch (name) {
            case ENTER -> Key.Name.ENTER;
            case ESCAPE -> Key.Name.ESC;
            case BACKSPACE -> Key.Name.BACKSPACE;
            case TAB -> Key.Name.TAB;
            case UP -> Key.Name.UP;
            case DOWN -> Key.Name.DOWN;
            case LEFT -> Key.Name.LEFT;
            case RIGHT -> Key.Name.RIGHT;
            case HOME -> Key.Name.HOME;
            case END -> Key.Name.END;
            case PAGE_UP -> Key.Name.PAGE_UP;
            case PAGE_DOWN -> Key.Name.PAGE_DOWN;
            case DELETE -> Key.Name.DELETE;
            default -> Key.Name.OTHER;
        };
    }
}

package bpfbay.tui.state;

/**
 * A key as it was pressed.
 *
 * @param code the character's code point where the name is CHAR, the letter where it is CTRL, else 0
 */
public record Key(Name name, int code) {
    /** Which key. */
    public enum Name {
        CHAR,
        CTRL,
        ENTER("Enter"),
        ESC("Esc"),
        TAB("Tab"),
        BACKSPACE("Backspace"),
        DELETE("Del"),
        UP("↑"),
        DOWN("↓"),
        LEFT("←"),
        RIGHT("→"),
        PAGE_UP("PgUp"),
        PAGE_DOWN("PgDn"),
        HOME("Home"),
        END("End"),
        OTHER("?");

        private final String label;

        Name() {
            this("");
        }

        Name(String label) {
            this.label = label;
        }
    }

    public static Key of(int character) {
        return new Key(Name.CHAR, character);
    }

    public static Key ctrl(char letter) {
        return new Key(Name.CTRL, letter);
    }

    public static Key of(Name name) {
        return new Key(name, 0);
    }

    /* Written out: the first key of all would wait milliseconds while a record's own is linked. */

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && that.code == code && that.name == name;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + code;
    }

    /** As help and footer write it: {@code q}, {@code Ctrl-L}, {@code Space}. */
    public String label() {
        return switch (name) {
            case CHAR -> code == ' ' ? "Space" : Character.toString(code);
            case CTRL -> "Ctrl-" + (char) Character.toUpperCase(code);
            default -> name.label;
        };
    }
}

package bpfbay.tui.terminal;

import java.util.Set;

/** How a cell looks, on the terminal's own background. */
public record CellStyle(Color color, Set<Attribute> attributes) {
    public static final CellStyle PLAIN = new CellStyle(Color.DEFAULT, Set.of());

    public CellStyle {
        attributes = Set.copyOf(attributes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellStyle that && that.color == color && that.attributes.equals(attributes);
    }

    @Override
    public int hashCode() {
        return 31 * color.hashCode() + attributes.size();
    }

    /** The terminal's own foreground, and the sixteen its user has chosen to be readable. */
    public enum Color {
        DEFAULT,
        BLACK,
        RED,
        GREEN,
        YELLOW,
        BLUE,
        MAGENTA,
        CYAN,
        WHITE,
        BRIGHT_BLACK,
        BRIGHT_RED,
        BRIGHT_GREEN,
        BRIGHT_YELLOW,
        BRIGHT_BLUE,
        BRIGHT_MAGENTA,
        BRIGHT_CYAN,
        BRIGHT_WHITE
    }

    /** What a terminal without colours has too. */
    public enum Attribute {
        BOLD,
        UNDERLINE,
        REVERSE
    }
}

package bpfbay.tui.cell;

import bpfbay.tui.cell.Paint.Emphasis;
import bpfbay.tui.cell.Paint.Weight;
import java.util.Arrays;
import java.util.Optional;

/**
 * How inks look. Every theme keeps the terminal's own foreground and background, so that it is readable on
 * whatever its user has chosen; nothing is told by colour alone.
 */
public enum Theme {
    DARK("dark") {
        @Override
        public Paint paint(Ink ink) {
            return switch (ink) {
                case TEXT -> Paint.plain(Hue.DEFAULT);
                case DIM -> Paint.plain(Hue.BRIGHT_BLACK);
                case TITLE -> Paint.bold(Hue.DEFAULT);
                case HEAD -> Paint.plain(Hue.BRIGHT_BLUE);
                case KEY -> Paint.plain(Hue.BRIGHT_CYAN);
                case ACTIVE, SELECTED -> reverse();
                case GROUP -> Paint.bold(Hue.BRIGHT_BLUE);
                case ACCENT -> Paint.plain(Hue.BRIGHT_CYAN);
                case CHANGED -> Paint.bold(Hue.BRIGHT_YELLOW);
                case NEW -> Paint.bold(Hue.BRIGHT_GREEN);
                case GONE -> Paint.plain(Hue.BRIGHT_RED);
                case WARN -> Paint.bold(Hue.BRIGHT_YELLOW);
                case BAD -> Paint.bold(Hue.BRIGHT_RED);
            };
        }
    },
    LIGHT("light") {
        @Override
        public Paint paint(Ink ink) {
            return switch (ink) {
                case TEXT -> Paint.plain(Hue.DEFAULT);
                case DIM -> Paint.plain(Hue.BRIGHT_BLACK);
                case TITLE -> Paint.bold(Hue.DEFAULT);
                case HEAD -> Paint.plain(Hue.BLUE);
                case KEY -> Paint.plain(Hue.BLUE);
                case ACTIVE, SELECTED -> reverse();
                case GROUP -> Paint.bold(Hue.BLUE);
                case ACCENT -> Paint.plain(Hue.BLUE);
                case CHANGED -> Paint.bold(Hue.MAGENTA);
                case NEW -> Paint.bold(Hue.GREEN);
                case GONE -> Paint.plain(Hue.RED);
                case WARN -> Paint.bold(Hue.MAGENTA);
                case BAD -> Paint.bold(Hue.RED);
            };
        }
    },
    /** High contrast and no colour; also what NO_COLOR gives. */
    MONO("mono") {
        @Override
        public Paint paint(Ink ink) {
            return switch (ink) {
                case TEXT, DIM, GONE, NEW, ACCENT -> Paint.plain(Hue.DEFAULT);
                case TITLE, KEY, GROUP, CHANGED, WARN, BAD -> Paint.bold(Hue.DEFAULT);
                case HEAD -> new Paint(Hue.DEFAULT, Weight.NORMAL, Emphasis.UNDERLINE);
                case ACTIVE, SELECTED -> reverse();
            };
        }
    };

    private final String label;

    Theme(String label) {
        this.label = label;
    }

    public abstract Paint paint(Ink ink);

    public String label() {
        return label;
    }

    public Theme next() {
        return switch (this) {
            case DARK -> LIGHT;
            case LIGHT -> MONO;
            case MONO -> DARK;
        };
    }

    public static Optional<Theme> byLabel(String label) {
        return Arrays.stream(values())
                .filter(theme -> theme.label.equals(label))
                .findFirst();
    }

    private static Paint reverse() {
        return new Paint(Hue.DEFAULT, Weight.NORMAL, Emphasis.REVERSE);
    }
}

package bpfbay.tui.cell;

/** How an ink looks: a colour on the terminal's own background, and how it stands out without colour. */
public record Paint(Hue hue, Weight weight, Emphasis emphasis) {
    /** Thickness of the letters. */
    public enum Weight {
        NORMAL,
        BOLD
    }

    /** What remains under NO_COLOR. */
    public enum Emphasis {
        NONE,
        UNDERLINE,
        REVERSE
    }

    static Paint plain(Hue hue) {
        return new Paint(hue, Weight.NORMAL, Emphasis.NONE);
    }

    static Paint bold(Hue hue) {
        return new Paint(hue, Weight.BOLD, Emphasis.NONE);
    }
}

package bpfbay.tui.cell;

/**
 * The sixteen colours every terminal has, which its user has chosen to be readable, and the default
 * one. The rgb values are for pictures only.
 */
public enum Hue {
    DEFAULT(0),
    BLACK(0x1c1c1c),
    RED(0xc93c37),
    GREEN(0x3d8f40),
    YELLOW(0xa67500),
    BLUE(0x3465a4),
    MAGENTA(0x8f5a9c),
    CYAN(0x2a8a94),
    WHITE(0xc8c8c8),
    BRIGHT_BLACK(0x808080),
    BRIGHT_RED(0xff6b64),
    BRIGHT_GREEN(0x7fd17f),
    BRIGHT_YELLOW(0xf0c64f),
    BRIGHT_BLUE(0x73a5ff),
    BRIGHT_MAGENTA(0xd19ade),
    BRIGHT_CYAN(0x5fd7e0),
    BRIGHT_WHITE(0xffffff);

    private final int rgb;

    Hue(int rgb) {
        this.rgb = rgb;
    }

    public int rgb() {
        return rgb;
    }
}

package bpfbay.tui.cell;

/** What a theme's colours look like in a picture, where there is no terminal to choose them. */
record Palette(int background, int foreground) {
    static Palette of(Theme theme) {
        return switch (theme) {
            case DARK -> new Palette(0x16181d, 0xd4d7dd);
            case LIGHT -> new Palette(0xffffff, 0x1c1e22);
            case MONO -> new Palette(0x000000, 0xffffff);
        };
    }

    int ink(Paint paint) {
        return paint.hue() == Hue.DEFAULT ? foreground : paint.hue().rgb();
    }

    /** The colour of letters and the one behind them. */
    int text(Paint paint) {
        return isReversed(paint) ? background : ink(paint);
    }

    int behind(Paint paint) {
        return isReversed(paint) ? ink(paint) : background;
    }

    static boolean isReversed(Paint paint) {
        return paint.emphasis() == Paint.Emphasis.REVERSE;
    }

    static String hex(int rgb) {
        return String.format(java.util.Locale.ROOT, "#%06x", rgb);
    }
}

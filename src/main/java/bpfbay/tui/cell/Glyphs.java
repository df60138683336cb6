package bpfbay.tui.cell;

import java.util.Locale;

/** Which characters the terminal can draw. */
public enum Glyphs {
    UNICODE,
    ASCII;

    /** Stands where a text lost its end; one column. */
    public String ellipsis() {
        return this == ASCII ? ">" : "…";
    }

    /** Stands where a text lost its beginning; one column. */
    public String headEllipsis() {
        return this == ASCII ? "<" : "…";
    }

    /** In ASCII bpfbay's own signs have stand-ins, and any other character is shown by its number. */
    public String adapt(String text) {
        if (this == UNICODE || isAscii(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                out.append((char) c);
            } else {
                out.append(standIn(c));
            }
        });
        return out.toString();
    }

    private static String standIn(int codePoint) {
        return switch (codePoint) {
            case '─', '—', '·' -> "-";
            case '…' -> ".";
            case '→' -> "->";
            case '←' -> "<-";
            case '▸' -> ">";
            case '↑' -> "^";
            case '↓' -> "v";
            case '×' -> "x";
            case '•' -> "o";
            case '│' -> "|";
            default -> String.format(Locale.ROOT, codePoint > 0xffff ? "\\U%08x" : "\\u%04x", codePoint);
        };
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}

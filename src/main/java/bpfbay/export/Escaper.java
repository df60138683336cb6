package bpfbay.export;

import java.util.Locale;

/**
 * Makes strings from outside safe to draw. What a terminal would obey, hide or re-order stands as visible
 * text: {@code \x1b} for a control byte or a byte that is not UTF-8, {@code \u202e} for a character. A
 * string without such characters is returned as it is. This is for eyes only: what is copied or exported
 * stays exact.
 */
public final class Escaper {
    private static final char FIRST_ASCII = 0x20;
    private static final char LAST_ASCII = 0x7e;

    private Escaper() {}

    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < FIRST_ASCII || c > LAST_ASCII) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int start) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, start);
        Carrier carrier = start == 0 ? Carrier.NONE : Carrier.LETTER;
        for (int i = start; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isMark(c) ? carrier == Carrier.LETTER : isDrawable(c)) {
                out.appendCodePoint(c);
                carrier = isMark(c) ? Carrier.MARKED : Carrier.LETTER;
            } else {
                append(out, c);
                carrier = Carrier.NONE;
            }
        }
        return out.toString();
    }

    /** What a combining mark would be drawn upon; one mark a letter, since piles of them cover other lines. */
    private enum Carrier {
        NONE,
        LETTER,
        MARKED
    }

    private static void append(StringBuilder out, int c) {
        if (c <= 0x1f || c == 0x7f) {
            out.append(String.format(Locale.ROOT, "\\x%02x", c));
        } else if (c >= 0xdc80 && c <= 0xdcff) {
            out.append(String.format(Locale.ROOT, "\\x%02x", c - 0xdc00));
        } else if (c <= 0xffff) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            out.append(String.format(Locale.ROOT, "\\U%08x", c));
        }
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isDrawable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> !isBlankLetter(c);
        };
    }

    /** Hangul fillers and jamo that join the letter before them: letters by category, and take no room. */
    private static boolean isBlankLetter(int c) {
        return c == 0x115f
                || (c >= 0x1160 && c <= 0x11ff)
                || (c >= 0xd7b0 && c <= 0xd7ff)
                || c == 0x3164
                || c == 0xffa0;
    }
}

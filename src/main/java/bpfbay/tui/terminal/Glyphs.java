package bpfbay.tui.terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Lanterna has its own idea of how wide a character is, wrong for some, and gives a cell one char. So it is
 * shown one char a cell: a stand-in of the private use area for every glyph that is not plainly one char
 * and one column, and another for the right half of a wide one. The stand-ins are resolved when they are
 * written.
 */
/** Glyphs of a screen and the chars that stand for them in Lanterna's cells. */
final class Glyphs {
    /** The right half of a wide glyph, which is drawn with its left one. */
    static final char RIGHT_HALF = '\ue000';

    private static final char FIRST = '\ue001';
    private static final char LAST = '\uf8ff';
    private static final String UNKNOWN = "?";

    private final List<String> glyphs = new ArrayList<>();
    private final Map<String, Character> numbers = new HashMap<>();

    /** A glyph is one character with its marks, or "" for the right half of the one before. */
    char standIn(String glyph) {
        if (glyph.isEmpty()) {
            return RIGHT_HALF;
        }
        char first = glyph.charAt(0);
        if (glyph.length() == 1 && isPlain(first)) {
            return first;
        }
        return numbers.computeIfAbsent(glyph, this::number);
    }

    private Character number(String glyph) {
        if (FIRST + glyphs.size() > LAST || Character.isISOControl(glyph.charAt(0))) {
            return UNKNOWN.charAt(0);
        }
        glyphs.add(glyph);
        return (char) (FIRST + glyphs.size() - 1);
    }

    /** What is written for a stand-in. */
    String glyph(char standIn) {
        int number = standIn - FIRST;
        return number >= 0 && number < glyphs.size() ? glyphs.get(number) : String.valueOf(standIn);
    }

    static boolean isStandIn(char c) {
        return c >= RIGHT_HALF && c <= LAST;
    }

    /** Latin letters, arrows and lines: one column on every terminal, also by Lanterna's account. */
    static boolean isPlain(char c) {
        return isIn(c, ' ', '~')
                || isIn(c, '¡', '¬')
                || isIn(c, '®', 'ɏ')
                || isIn(c, '─', '▟')
                || isIn(c, '←', '↓')
                || c == '…'
                || c == '—';
    }

    private static boolean isIn(char c, char first, char last) {
        return c >= first && c <= last;
    }
}

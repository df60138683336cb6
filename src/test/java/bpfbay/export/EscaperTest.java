package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.RawText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EscaperTest {
    @Test
    void a_plain_name_is_the_same_instance() {
        String name = "cil_from_netdev";
        assertSame(name, Escaper.escape(name));
    }

    @Test
    void letters_of_other_scripts_stay() {
        assertEquals("café 名前 ñandú", Escaper.escape("café 名前 ñandú"));
    }

    @Test
    void control_bytes_and_bytes_that_are_no_text_stand_as_hexadecimal() {
        assertEquals("a\\x1b[2J\\x7f\\x00\\xff", Escaper.escape("a\u001b[2J\u007f\u0000\udcff"));
    }

    @Test
    void characters_that_reorder_hide_or_end_the_line_stand_as_their_number() {
        assertEquals(
                "\\u202ex\\u200b\\u2028\\u00a0\\u009b\\ufeff\\U000e0041",
                Escaper.escape("\u202ex\u200b\u2028\u00a0\u009b\ufeff\udb40\udc41"));
    }

    @Test
    void a_mark_needs_a_letter_and_a_letter_carries_one() {
        assertEquals("\\u0301e\u0301\\u0302", Escaper.escape("\u0301e\u0301\u0302"));
    }

    @Test
    void a_backslash_is_left_alone_since_systemd_names_have_them() {
        assertEquals("dev-disk\\x2d1.slice", Escaper.escape("dev-disk\\x2d1.slice"));
    }

    @Property
    void nothing_that_a_terminal_obeys_survives(@ForAll String text) {
        String escaped = Escaper.escape(text);
        escaped.codePoints().forEach(c -> assertTrue(isHarmless(c), () -> "U+" + Integer.toHexString(c)));
    }

    @Property
    void bytes_become_harmless_text_of_which_every_letter_takes_room(@ForAll byte[] bytes) {
        String escaped = Escaper.escape(RawText.decode(bytes));
        escaped.codePoints().forEach(c -> assertTrue(isHarmless(c)));
        assertTrue(Columns.width(escaped) <= 2 * escaped.codePointCount(0, escaped.length()));
        assertTrue(escaped.isEmpty() || Columns.width(escaped) > 0);
    }

    @Property
    void escaping_twice_is_escaping_once(@ForAll String text) {
        assertEquals(Escaper.escape(text), Escaper.escape(Escaper.escape(text)));
    }

    private static boolean isHarmless(int c) {
        boolean isControl = Character.isISOControl(c);
        boolean isBidi = c == 0x61c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f);
        boolean isSurrogate = c >= 0xd800 && c <= 0xdfff;
        return !isControl && !isBidi && !isSurrogate && c != 0x2028 && c != 0x2029 && c != 0xfeff;
    }
}

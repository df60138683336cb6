package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
    @Test
    void wide_characters_take_two_and_marks_none() {
        assertEquals(4, Columns.width("caf\u00e9"));
        assertEquals(4, Columns.width("cafe\u0301"));
        assertEquals(4, Columns.width("\u540d\u524d"));
        assertEquals(2, Columns.width("\ud83d\ude80"));
    }

    @Test
    void cutting_keeps_whole_characters_and_their_marks() {
        assertEquals("\u540d", Columns.cut("\u540d\u524d", 3));
        assertEquals("e\u0301", Columns.cut("e\u0301x", 1));
    }

    @Property
    void what_is_cut_fits_and_padding_fills_up(@ForAll String text, @ForAll @IntRange(max = 40) int columns) {
        String cut = Columns.cut(Escaper.escape(text), columns);
        assertTrue(Columns.width(cut) <= columns);
        assertEquals(columns, Columns.width(Columns.pad(cut, columns)));
    }
}

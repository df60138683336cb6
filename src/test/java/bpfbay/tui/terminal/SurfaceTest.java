package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.pty.PtyScreen;
import bpfbay.tui.terminal.CellStyle.Attribute;
import bpfbay.tui.terminal.CellStyle.Color;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceTest {
    private static final TerminalKind XTERM = TerminalKind.of(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8"));
    private static final CellStyle GREEN = new CellStyle(Color.BRIGHT_GREEN, Set.of(Attribute.BOLD));
    private static final CellStyle BAR = new CellStyle(Color.DEFAULT, Set.of(Attribute.REVERSE));
    private static final int MOST_BYTES_FOR_FIVE_CELLS = 100;

    private final SpyWire wire = new SpyWire(80, 24);
    private Surface surface = new Surface(wire, XTERM);

    private void fill(int first) {
        for (int y = 0; y < surface.rows(); y++) {
            text(y, "row " + (first + y) + " of many, with a number " + (first + y) * 7919 % 1000, CellStyle.PLAIN);
        }
    }

    private void text(int row, String text, CellStyle style) {
        for (int x = 0; x < surface.columns(); x++) {
            surface.put(x, row, x < text.length() ? text.substring(x, x + 1) : " ", style);
        }
    }

    private String flush() {
        wire.takeWrites();
        surface.flush();
        List<String> writes = wire.takeWrites();
        assertTrue(writes.size() <= 1, () -> writes.size() + " writes");
        return writes.isEmpty() ? "" : writes.get(0);
    }

    private static int bytes(String sent) {
        return sent.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void the_first_frame_is_whole_and_one_write() {
        fill(0);
        String sent = flush();
        assertTrue(sent.contains("\033[2J"));
        assertTrue(sent.startsWith("\033[?2026h") && sent.endsWith("\033[?2026l"));
        assertEquals("row 3 of many, with a number 757", wire.screen().rows().get(3));
    }

    @Test
    void five_changed_cells_cost_little() {
        fill(0);
        flush();
        for (int y = 3; y < 23; y += 4) {
            surface.put(70, y, "5", CellStyle.PLAIN);
        }
        String sent = flush();
        assertTrue(bytes(sent) <= MOST_BYTES_FOR_FIVE_CELLS, () -> bytes(sent) + " bytes: " + sent);
        assertFalse(sent.contains("\033[2J"));
        assertEquals('5', wire.screen().rows().get(19).charAt(70));
    }

    @Test
    void five_changed_cells_of_many_styles_cost_little_too() {
        fill(0);
        flush();
        CellStyle[] styles = {GREEN, BAR, new CellStyle(Color.RED, Set.of()), CellStyle.PLAIN, GREEN};
        for (int i = 0; i < styles.length; i++) {
            surface.put(70, 3 + 4 * i, "5", styles[i]);
        }
        String sent = flush();
        assertTrue(bytes(sent) <= MOST_BYTES_FOR_FIVE_CELLS, () -> bytes(sent) + " bytes: " + sent);
    }

    @Test
    void no_change_is_no_byte() {
        fill(0);
        flush();
        fill(0);
        assertEquals("", flush());
    }

    @Test
    void a_row_scrolled_by_the_terminal_costs_a_quarter() {
        fill(0);
        flush();
        surface.scroll(0, 23, 1);
        fill(1);
        String sent = flush();
        assertEquals("row 1 of many, with a number 919", wire.screen().rows().get(0));
        assertEquals("row 24 of many, with a number 56", wire.screen().rows().get(23));
        assertTrue(bytes(sent) < 300, () -> bytes(sent) + " bytes: " + sent);
    }

    @Test
    void a_redraw_makes_good_what_others_have_written() {
        fill(0);
        flush();
        wire.write("\033[Hgarbage".getBytes(StandardCharsets.US_ASCII), 10);
        surface.redraw();
        fill(0);
        assertTrue(flush().contains("\033[2J"));
        assertEquals("row 0 of many, with a number 0", wire.screen().rows().get(0));
    }

    @ParameterizedTest
    @CsvSource({"120, 40", "60, 10", "2, 2", "200, 60"})
    void after_a_resize_the_whole_new_screen_is_drawn(int columns, int rows) {
        fill(0);
        flush();
        wire.resize(columns, rows);
        surface.resize();
        fill(0);
        flush();
        assertEquals(columns, surface.columns());
        PtyScreen screen = wire.screen();
        assertEquals(rows, screen.rows().size());
        assertTrue(screen.rows().get(rows - 1).startsWith(columns < 3 ? "ro" : "row " + (rows - 1)));
    }

    @Test
    void one_cell_is_a_screen() {
        SpyWire dot = new SpyWire(1, 1);
        surface = new Surface(dot, XTERM);
        surface.put(0, 0, "d", CellStyle.PLAIN);
        surface.put(5, 5, "out of it", CellStyle.PLAIN);
        surface.flush();
        assertTrue(dot.takeWrites().get(0).endsWith("d"));
    }

    @Test
    void a_cursor_is_shown_where_it_is_wished_and_hidden_again() {
        fill(0);
        surface.showCursor(7, 5);
        flush();
        assertTrue(wire.screen().modes().isCursorShown());
        assertEquals(7, wire.screen().column());
        assertEquals(5, wire.screen().row());
        surface.put(40, 20, "x", GREEN);
        flush();
        assertEquals(7, wire.screen().column());
        surface.hideCursor();
        flush();
        assertFalse(wire.screen().modes().isCursorShown());
    }

    @Test
    void without_colours_bold_and_reverse_remain() {
        SpyWire plain = new SpyWire(80, 24);
        surface = new Surface(plain, TerminalKind.of(Map.of("TERM", "vt100")));
        text(0, "bold", GREEN);
        text(1, "bar", BAR);
        surface.flush();
        String sent = plain.takeWrites().get(0);
        assertFalse(sent.contains("92"), sent);
        assertFalse(sent.contains("2026"), sent);
        assertEquals("BBBB", plain.screen().styles().get(0).substring(0, 4));
        assertEquals("RRR", plain.screen().styles().get(1).substring(0, 3));
    }

    @Test
    void after_a_wide_glyph_the_place_of_the_next_one_is_said() {
        surface.put(0, 0, "漢", CellStyle.PLAIN);
        surface.put(1, 0, "", CellStyle.PLAIN);
        surface.put(2, 0, "x", CellStyle.PLAIN);
        surface.put(3, 0, "é", CellStyle.PLAIN);
        surface.put(4, 0, "y", CellStyle.PLAIN);
        surface.put(5, 0, "🦀", CellStyle.PLAIN);
        surface.put(6, 0, "", CellStyle.PLAIN);
        String sent = flush();
        assertTrue(sent.contains("\033[1H漢\033[1;3Hxéy🦀"), sent);
        surface.put(0, 0, "a", CellStyle.PLAIN);
        surface.put(1, 0, "b", CellStyle.PLAIN);
        assertEquals("\033[1Hab", flush());
    }

    @Test
    void any_sequence_of_frames_shows_as_it_was_set() {
        Random random = new Random(4711);
        CellStyle[] styles = {CellStyle.PLAIN, GREEN, BAR, new CellStyle(Color.RED, Set.of(Attribute.UNDERLINE))};
        String[][] wanted = new String[24][80];
        for (int frame = 0; frame < 200; frame++) {
            if (random.nextInt(4) == 0) {
                surface.scroll(2, 20, random.nextInt(5) - 2);
            }
            int changes = random.nextInt(3) == 0 ? 1920 : random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                wanted[random.nextInt(24)][random.nextInt(80)] = Character.toString('!' + random.nextInt(90));
            }
            for (int y = 0; y < 24; y++) {
                for (int x = 0; x < 80; x++) {
                    String glyph = wanted[y][x] == null ? " " : wanted[y][x];
                    surface.put(x, y, glyph, styles[glyph.charAt(0) % styles.length]);
                }
            }
            flush();
            PtyScreen screen = wire.screen();
            for (int y = 0; y < 24; y++) {
                StringBuilder row = new StringBuilder();
                for (int x = 0; x < 80; x++) {
                    row.append(wanted[y][x] == null ? " " : wanted[y][x]);
                }
                assertEquals(row.toString().stripTrailing(), screen.rows().get(y), "frame " + frame);
            }
        }
    }
}

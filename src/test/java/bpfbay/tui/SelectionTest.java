package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.state.Effect;
import bpfbay.tui.table.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cursor stays on its thing, whatever the rows do. */
class SelectionTest {
    private final Snapshot edge = Snapshots.edge();
    private final Driver driver = new Driver(80, 24).see(edge);

    /** The ref under the cursor, by way of the clipboard. */
    private String selected() {
        driver.effects().clear();
        driver.press("y");
        return ((Effect.Copy) driver.effects().get(0)).text().replaceFirst(" --expect .*", "");
    }

    @Test
    void it_starts_on_the_first_row() {
        assertEquals("eth0/xdp", selected());
    }

    @Test
    void rows_that_turn_round_do_not_move_it() {
        driver.press("jj");
        String before = selected();
        List<Attachment> turned = new ArrayList<>(edge.attachments());
        Collections.reverse(turned);
        driver.see(Later.with(edge, turned));
        assertEquals(before, selected());
    }

    @Test
    void rows_that_vanish_above_it_do_not_move_it() {
        driver.press(":goto nk0/netkit/peer/1<ENTER>");
        assertEquals("nk0/netkit/peer/1", selected());
        driver.see(Later.without(edge, "eth0/xdp", "eth0/tcx/ingress/1"));
        assertEquals("nk0/netkit/peer/1", selected());
    }

    @Test
    void a_vanished_row_stays_under_it_as_a_tombstone() {
        driver.see(Later.without(edge, "eth0/xdp"));
        assertEquals("eth0/xdp", selected());
        assertTrue(driver.draw().text().contains("gone since"));
    }

    @Test
    void it_is_where_it_was_when_one_comes_back_to_a_view() {
        driver.press("jjj");
        String before = selected();
        driver.press("2jj1");
        assertEquals(before, selected());
    }

    @Test
    void a_filter_that_hides_it_moves_it_to_what_is_left() {
        driver.press("/cil_from_c<ENTER>");
        assertEquals("lxc12a/tcx/ingress/1", selected());
        driver.press("<ESC>");
        assertFalse(driver.state().filter().isActive());
        assertEquals("lxc12a/tcx/ingress/1", selected());
    }

    @Test
    void a_filter_survives_another_view_and_escape_brings_back_what_was() {
        driver.press("/xdp<ENTER>2");
        assertEquals("xdp", driver.state().filter().text());
        driver.press("/zz<ESC>");
        assertEquals("xdp", driver.state().filter().text());
        assertEquals(View.PROGRAMS, driver.state().desk().view());
    }

    @Test
    void headings_are_passed_by() {
        for (int i = 0; i < 40; i++) {
            driver.press("j");
            assertFalse(selected().isEmpty());
        }
        for (int i = 0; i < 40; i++) {
            driver.press("k");
        }
        assertEquals("eth0/xdp", selected());
    }

    @Test
    void a_pause_holds_the_picture_while_new_ones_come() {
        driver.press("p").see(Later.without(edge, "eth0/xdp"));
        assertTrue(driver.draw().text().contains("xdp_fw"));
        assertTrue(driver.draw().text().contains("PAUSED"));
        driver.press("/lxc<ENTER>");
        assertTrue(driver.draw().text().contains("of 25"), driver.draw().text());
        driver.press("<ESC>p");
        assertTrue(driver.draw().text().contains("gone since")
                || driver.draw().text().contains("×"));
    }

    @Test
    void sorting_is_stable_and_can_be_turned_round() {
        driver.press(":sort program desc<ENTER>");
        String down = driver.draw().line(2);
        assertTrue(driver.draw().line(1).contains("PROGRAM↓"), driver.draw().line(1));
        driver.press("O");
        assertFalse(driver.draw().line(2).equals(down));
        driver.press(":sort nonsense<ENTER>");
        assertTrue(driver.draw().text().contains("no column nonsense"));
    }

    @Test
    void picked_rows_are_copied_together() {
        driver.press("  y");
        Effect.Copy copy = (Effect.Copy) driver.effects().get(0);
        assertEquals("eth0/xdp\neth0/tcx/ingress/1 --expect prog:977", copy.text());
    }

    @Test
    void escape_at_home_never_leaves() {
        driver.press("<ESC><ESC><ESC><BACKSPACE><LEFT>");
        assertEquals(List.of(), driver.effects());
        driver.press("q");
        assertEquals(List.of(new Effect.Quit()), driver.effects());
    }

    @Test
    void a_paste_is_never_a_key() {
        driver.on(new bpfbay.tui.state.Event.Pasted("qqq"));
        assertEquals(List.of(), driver.effects());
        driver.press("/").on(new bpfbay.tui.state.Event.Pasted("xdp_\u001bfw\n"));
        assertEquals("xdp_fw", driver.state().filter().text());
    }
}

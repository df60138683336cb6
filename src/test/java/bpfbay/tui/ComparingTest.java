package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.export.DiffText;
import bpfbay.history.Comparison;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Position;
import bpfbay.tui.state.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A marked moment, and what differs from it. */
class ComparingTest {
    private static Driver at(Driver driver, int index) {
        return driver.on(
                new Event.Stepped(Eventful.accounts().get(index), new Position(index, 7, OptionalDouble.empty())));
    }

    /** In a pause, with a mark at the first of those moments and the second one shown. */
    private static Driver compared(Driver driver, int marked, int shown) {
        Eventful.accounts().forEach(account -> driver.on(new Event.Arrived(account, Duration.ofSeconds(1))));
        at(driver.press("p"), marked).press("d");
        return at(driver, shown).press("d");
    }

    @Test
    void what_differs_is_seen_at_a_glance() {
        Frames.check(compared(new Driver(80, 24), 1, 6), "differences", "80x24");
        Frames.check(compared(new Driver(120, 40), 1, 6), "differences", "120x40");
        Frames.check(compared(new Driver(60, 10), 1, 6), "differences", "60x10");
        Looks ascii = new Looks(80, 24, Theme.MONO, Glyphs.ASCII);
        Frames.check(compared(new Driver(ascii), 1, 6), "differences", "mono-ascii");
    }

    @Test
    void a_mark_says_that_it_is_set_and_what_for() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).press("pd");
        Frames.check(driver, "differences", "marked");
    }

    @Test
    void the_earlier_moment_stands_first_whichever_is_marked() {
        Driver driver = compared(new Driver(80, 24), 6, 1);
        Frames.check(driver, "differences", "mark-is-later");
        assertEquals(copied(compared(new Driver(80, 24), 1, 6)), copied(driver));
    }

    @Test
    void moments_that_are_alike_say_so() {
        Frames.check(compared(new Driver(80, 24), 0, 1), "differences", "none");
    }

    @Test
    void the_page_goes_along_through_time() {
        Driver driver = compared(new Driver(80, 24), 1, 1);
        Frames.check(driver, "differences", "mark-itself");
        assertTrue(at(driver, 2).draw().text().contains("1 difference,"));
        assertTrue(at(driver, 6).draw().text().contains("3 differences,"));
    }

    @Test
    void on_the_page_the_same_key_takes_the_mark_along_and_at_last_away() {
        Driver driver = compared(new Driver(80, 24), 1, 6).press("d");
        assertEquals(
                Eventful.accounts().get(6).snapshot().takenAt(), mark(driver).takenAt());
        driver.press("d");
        assertTrue(driver.state().world().mark().isEmpty());
        assertTrue(driver.state().desk().isHome());
    }

    private static Snapshot mark(Driver driver) {
        return driver.state().world().mark().orElseThrow();
    }

    @Test
    void a_mark_outlives_the_pause_and_is_compared_with_the_host_as_it_is() {
        Driver driver = compared(new Driver(80, 24), 1, 2).press("<ESC>p");
        assertTrue(
                driver.press("d").draw().text().contains("3 differences,"),
                driver.draw().text());
        driver.on(new Event.Arrived(Eventful.accounts().get(2), Duration.ofSeconds(1)));
        assertTrue(driver.draw().text().contains("1 difference,"), driver.draw().text());
    }

    @Test
    void it_is_the_same_in_a_replay() {
        Driver driver = at(new Driver(World.Conduct.REPLAY), 1).press("d");
        assertTrue(at(driver, 6).press("d").draw().text().contains("3 differences,"));
    }

    @Test
    void enter_leads_to_the_row_where_there_is_one() {
        Driver driver = compared(new Driver(80, 24), 1, 6);
        driver.press("<ENTER>");
        assertTrue(driver.state().desk().isHome());
        Driver gone = compared(new Driver(80, 24), 1, 6).press("jj<ENTER>");
        assertTrue(gone.draw().text().contains("lxc12a/tcx/ingress/1 is no row of this moment"));
    }

    private static String copied(Driver driver) {
        driver.press("y");
        List<Effect> effects = driver.effects();
        return ((Effect.Copy) effects.get(effects.size() - 1)).text();
    }

    @Test
    void it_is_copied_and_written_as_the_command_prints_it() {
        Driver driver = compared(new Driver(80, 24), 1, 6);
        Snapshot before = Eventful.accounts().get(1).snapshot();
        Snapshot after = Eventful.accounts().get(6).snapshot();
        assertEquals(DiffText.of(before, after, Comparison.of(before, after)), copied(driver));
        assertTrue(written(driver, Effect.Format.JSON).startsWith("{\"schema\":\"bpfbay/diff/1\""));
        assertTrue(written(driver, Effect.Format.TEXT).contains("eth0/xdp"));
        assertTrue(written(driver, Effect.Format.SVG).contains("3 differences"));
        driver.press("e");
        assertEquals(
                "export bpfbay-differences.txt",
                driver.state().prompt().orElseThrow().text());
    }

    private static String written(Driver driver, Effect.Format format) {
        return new String(Exporter.bytes(driver.state(), format), StandardCharsets.UTF_8);
    }

    @Test
    void nothing_is_marked_before_there_is_a_whole_picture() {
        Driver driver = new Driver(80, 24).press("d");
        assertTrue(driver.draw().text().contains("there is no whole picture yet"));
        driver.on(new Event.Glimpsed(Snapshots.edge())).press("d");
        assertTrue(driver.draw().text().contains("there is no whole picture yet"));
        assertTrue(driver.state().world().mark().isEmpty());
    }

    @Test
    void what_stands_below_the_last_difference_can_be_read_on_the_lowest_screen() {
        Driver driver = compared(new Driver(60, 5), 1, 6).press("jjj");
        assertTrue(
                driver.draw().text().contains("cil_from_container"),
                driver.draw().text());
        assertFalse(compared(new Driver(60, 5), 1, 6).draw().text().contains("cil_from_container"));
    }
}

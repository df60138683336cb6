package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Activity;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.pty.Emulator;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.terminal.Surface;
import bpfbay.tui.terminal.TerminalKind;
import bpfbay.tui.terminal.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What goes out to the terminal, and what a terminal makes of it. */
class UiTest {
    /** A terminal that counts what it is sent. */
    private static final class Sink implements Wire {
        private final Emulator emulator;
        private final int columns;
        private final int rows;
        private int bytes;
        private String last = "";

        Sink(int columns, int rows) {
            this.emulator = new Emulator(columns, rows);
            this.columns = columns;
            this.rows = rows;
        }

        @Override
        public void enter() {}

        @Override
        public void write(byte[] frame, int length) {
            emulator.write(frame, length);
            bytes += length;
            last = new String(frame, 0, length, java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public int rows() {
            return rows;
        }
    }

    private static final TerminalKind KIND = TerminalKind.of(Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8"));

    private final Sink sink = new Sink(80, 24);
    private final Painter painter = new Painter(new Surface(sink, KIND));

    private int bytesOf(Driver driver) {
        int before = sink.bytes;
        painter.paint(driver.draw(), driver.state().looks().theme());
        return sink.bytes - before;
    }

    private void assertShown(Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            assertEquals(grid.line(y), sink.emulator.screen().rows().get(y).stripTrailing(), "row " + y);
        }
    }

    @Test
    void a_frame_without_changes_sends_nothing() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        bytesOf(driver);
        assertEquals(0, bytesOf(driver));
    }

    @Test
    void five_changed_cells_and_the_clock_cost_at_most_a_hundred_bytes() {
        Snapshot edge = Snapshots.edge();
        Driver driver = new Driver(120, 24).see(rated(edge, 3));
        Sink wide = new Sink(120, 24);
        Painter on = new Painter(new Surface(wide, KIND));
        on.paint(driver.draw(), driver.state().looks().theme());
        int before = wide.bytes;
        driver.see(rated(Later.with(edge, edge.attachments()), 4)).wait(Duration.ofSeconds(1));
        on.paint(driver.draw(), driver.state().looks().theme());
        int cost = wide.bytes - before;
        assertTrue(cost > 10 && cost <= 100, () -> cost + " bytes: " + wide.last.replace('\033', '^'));
    }

    /** Five programs with rates that differ in one digit. */
    private static Snapshot rated(Snapshot snapshot, int digit) {
        Map<Integer, RunRate> rates = new HashMap<>();
        for (int id : new int[] {3815, 977, 7001, 7008, 5001}) {
            rates.put(id, new RunRate(100 + digit, OptionalDouble.of(40), snapshot.takenAt()));
        }
        Activity activity = new Activity(
                Activity.State.ON,
                Map.of(),
                rates,
                snapshot.activity().window(),
                snapshot.activity().at());
        return new Snapshot(
                snapshot.host(),
                snapshot.takenAt(),
                snapshot.duration(),
                snapshot.namespaces(),
                snapshot.interfaces(),
                snapshot.attachments(),
                snapshot.programs(),
                snapshot.links(),
                snapshot.maps(),
                snapshot.pins(),
                snapshot.cgroups(),
                snapshot.index(),
                activity,
                snapshot.own(),
                snapshot.problems());
    }

    @Test
    void scrolling_by_a_row_or_past_a_heading_lets_the_terminal_scroll() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).press("jjjjjjjjjjjjjjjjjj");
        bytesOf(driver);
        int cost = bytesOf(driver.press("j"));
        assertTrue(cost < 700, () -> cost + " bytes");
        assertShown(driver.draw());
        bytesOf(driver.press("gG"));
        assertShown(driver.draw());
    }

    @Test
    void no_frame_clears_the_screen_but_the_first() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        bytesOf(driver);
        for (String key : new String[] {"j", "2", "3", "G", "1", "<ENTER>", "<ESC>", "i", "t", "?"}) {
            bytesOf(driver.press(key));
            assertFalse(sink.last.contains("\033[2J"), key);
        }
    }

    @Property(tries = 60)
    void whatever_is_pressed_the_terminal_shows_the_grid(
            @ForAll
                    @Chars({'j', 'k', 'g', 'G', '1', '2', '3', '4', 'i', 't', '?', 'o', 'O', ' ', 'n', 'p'})
                    @StringLength(max = 25)
                    String keys) {
        Sink terminal = new Sink(80, 24);
        Painter on = new Painter(new Surface(terminal, KIND));
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        for (int i = 0; i < keys.length(); i++) {
            driver.press(keys.substring(i, i + 1));
            Grid grid = driver.draw();
            on.paint(grid, driver.state().looks().theme());
            for (int y = 0; y < grid.rows(); y++) {
                assertEquals(
                        grid.line(y), terminal.emulator.screen().rows().get(y).stripTrailing(), "row " + y);
            }
        }
    }
}

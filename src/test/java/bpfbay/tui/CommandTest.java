package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.export.Columns;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.state.Command;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Key;
import bpfbay.tui.state.SwapWish;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of keys, and what keys may do. */
class CommandTest {
    @Test
    void no_word_means_two_things_and_no_key_but_on_a_plan_and_in_time() {
        Set<Key> keys = new HashSet<>();
        Set<Key> onPlans = new HashSet<>();
        Set<Key> inTime = new HashSet<>();
        Set<String> words = new HashSet<>();
        for (Command command : Command.values()) {
            assertTrue(words.add(command.word()), command.word());
            Set<Key> known =
                    switch (command.section()) {
                        case PLAN -> onPlans;
                        case TIME -> inTime;
                        default -> keys;
                    };
            command.keys().forEach(key -> assertTrue(known.add(key), key.label()));
        }
    }

    @Test
    void help_lists_every_key_and_every_word() {
        String help =
                new Driver(120, 100).see(Snapshots.edge()).press("?").draw().text();
        for (Command command : Command.values()) {
            assertTrue(help.contains(":" + command.word()), command.word());
            assertTrue(help.contains(command.tooltip()), command.tooltip());
            command.keys().forEach(key -> assertTrue(help.contains(key.label()), key.label()));
        }
    }

    @Test
    void help_fits_eighty_columns() {
        for (Command command : Command.values()) {
            assertTrue(Columns.width(command.tooltip()) <= 46, command.tooltip());
            assertTrue(Columns.width(command.keyLabels()) < 16, command.keyLabels());
        }
    }

    @Test
    void a_key_that_does_nothing_says_why() {
        Driver driver = new Driver(80, 24).press("p");
        assertTrue(driver.draw().text().contains("there is no picture yet"));
        driver.see(Snapshots.bare()).press("<ENTER>");
        assertTrue(driver.draw().text().contains("there is no row to open"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "atachments | no command atachments; did you mean attachments?",
                "theme blue | no theme blue",
                "netns bleu | did you mean blue?",
                "goto eth0/xpd | eth0/xpd",
                "export picture | must end in",
                "export | needs a file",
                "quit now | takes no argument",
                "path eth9 | no interface eth9",
            })
    void a_wrong_command_says_what_is_wrong(String line, String answer) {
        Driver driver = new Driver(120, 24).see(Snapshots.edge()).press(":" + line + "<ENTER>");
        String last = driver.draw().line(23);
        assertTrue(last.contains(answer), last);
        assertEquals(List.of(), driver.effects());
    }

    @Test
    void tab_completes_words_and_arguments() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        assertEquals("netns ", text(driver.press(":ne<TAB>")));
        assertEquals("netns blue", text(driver.press("b<TAB>")));
        driver.press("<ENTER>");
        assertTrue(driver.draw().text().contains("netns blue"));
        assertEquals("netns blue", text(driver.press(":<UP>")));
    }

    private static String text(Driver driver) {
        return driver.state().prompt().orElseThrow().text();
    }

    @Test
    void the_path_of_an_interface_of_another_namespace_is_found_by_name() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).press(":path blue/eth0<ENTER>");
        assertTrue(driver.draw().text().contains("xdp_count"));
    }

    @Property(tries = 300)
    void random_keys_never_throw_and_change_nothing_outside(@ForAll("keys") List<Key> keys) {
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        for (Key key : keys) {
            driver.on(new Event.Typed(key));
            assertSafe(driver.draw());
        }
        driver.see(Later.swappedAndGone());
        assertSafe(driver.draw());
        for (Effect effect : driver.effects()) {
            assertTrue(
                    effect instanceof Effect.Copy
                            || effect instanceof Effect.Fetch
                            || effect instanceof Effect.Count
                            || effect instanceof Effect.PollNow
                            || effect instanceof Effect.Travel
                            || (effect instanceof Effect.Swap swap && !isOfConsequence(swap.wish()))
                            || effect instanceof Effect.Redraw
                            || effect instanceof Effect.Suspend
                            || effect instanceof Effect.Quit
                            || effect instanceof Effect.Export,
                    effect::toString);
        }
    }

    /** Whether the engine would change anything for it. */
    private static boolean isOfConsequence(SwapWish wish) {
        return wish instanceof SwapWish.Commit || wish instanceof SwapWish.Confirm || wish instanceof SwapWish.Undo;
    }

    @Provide
    Arbitrary<List<Key>> keys() {
        Arbitrary<Key> named = Arbitraries.of(Key.Name.values())
                .filter(name -> name != Key.Name.CHAR && name != Key.Name.CTRL)
                .map(Key::of);
        Arbitrary<Key> bound = Arbitraries.of(Command.values())
                .filter(command -> !command.keys().isEmpty())
                .map(command -> command.keys().get(0));
        Arbitrary<Key> chars = Arbitraries.integers().between(1, 0x10ffff).map(Key::of);
        Arbitrary<Key> controls = Arbitraries.chars().range('a', 'z').map(Key::ctrl);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, bound),
                        net.jqwik.api.Tuple.of(3, named),
                        net.jqwik.api.Tuple.of(2, chars),
                        net.jqwik.api.Tuple.of(1, controls))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 100)
    void every_size_can_be_drawn(@ForAll("sizes") int columns, @ForAll("sizes") int rows) {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).on(new Event.Resized(columns, rows));
        for (String keys : new String[] {
            "G",
            "2",
            "<ENTER>",
            "G",
            "<ESC>",
            "1i",
            "?",
            "<ESC>",
            ":th",
            "<ESC>",
            "9",
            "<ESC>",
            "1gs",
            "G<ENTER>",
            "<ESC><ESC>",
            "/x"
        }) {
            Grid grid = driver.press(keys).draw();
            assertEquals(columns, grid.columns());
            assertSafe(grid);
        }
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 150);
    }

    /** Every cell is one drawable character of the width that its cells have. */
    private static void assertSafe(Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                String glyph = grid.glyph(x, y);
                glyph.codePoints().forEach(c -> {
                    assertFalse(Character.isISOControl(c), () -> "control " + c);
                    assertFalse(Character.getType(c) == Character.FORMAT, () -> "format " + c);
                    assertFalse(c >= 0xd800 && c <= 0xdfff, () -> "surrogate " + c);
                });
                boolean isLeftOfWide =
                        x + 1 < grid.columns() && grid.glyph(x + 1, y).isEmpty();
                assertEquals(glyph.isEmpty() ? 0 : isLeftOfWide ? 2 : 1, Columns.width(glyph), () -> "'" + glyph + "'");
            }
        }
    }
}

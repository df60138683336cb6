package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.swap.SwapRecord;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Notice;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    private final State state = new Driver(80, 12).see(Snapshots.edge()).state();

    @TempDir
    private Path folder;

    private Event write(String name, Effect.Format format) {
        return Exporter.write(state, new Effect.Export(folder.resolve(name).toString(), format));
    }

    @Test
    void text_holds_all_rows_and_no_control_characters() throws IOException {
        write("a.txt", Effect.Format.TEXT);
        String text = Files.readString(folder.resolve("a.txt"));
        assertEquals(31, text.lines().count());
        assertFalse(text.chars().anyMatch(c -> c < 0x20 && c != '\n'));
    }

    @Test
    void every_format_is_what_its_name_says() throws IOException {
        write("a.json", Effect.Format.JSON);
        write("a.svg", Effect.Format.SVG);
        write("a.png", Effect.Format.PNG);
        assertTrue(Files.readString(folder.resolve("a.json")).startsWith("{\"schema\":\"bpfbay/snapshot/1\""));
        assertTrue(Files.readString(folder.resolve("a.svg")).startsWith("<svg "));
        String png = new String(Files.readAllBytes(folder.resolve("a.png")), StandardCharsets.ISO_8859_1);
        assertTrue(png.startsWith("\u0089PNG"));
    }

    private static String json(Driver driver) {
        return new String(Exporter.bytes(driver.state(), Effect.Format.JSON), StandardCharsets.UTF_8);
    }

    @Test
    void a_plan_an_outcome_and_the_journal_are_written_as_swaps() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge());
        Swapping.planned(driver.press("s<ENTER>"), Swapping.warned());
        String plan = json(driver);
        assertTrue(plan.startsWith("{\"schema\":\"bpfbay/swap/1\""), plan);
        assertTrue(plan.contains("\"outcome\":\"planned\""), plan);
        Swapping.ended(driver.press("seth0<ENTER>"), Swapping.pending());
        String outcome = json(driver);
        assertTrue(outcome.startsWith("{\"schema\":\"bpfbay/swap/1\""), outcome);
        assertTrue(outcome.contains("\"outcome\":\"pending\""), outcome);
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.PENDING)).press("<ESC>9");
        assertTrue(json(driver).startsWith("{\"schema\":\"bpfbay/swaps/1\""), json(driver));
        driver.press("<ENTER>");
        assertTrue(json(driver).contains(Swapping.ID), json(driver));
        assertTrue(json(driver.press("<ESC>1")).startsWith("{\"schema\":\"bpfbay/snapshot/1\""));
    }

    @Test
    void a_file_that_is_there_stays_as_it_is() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "mine");
        Event.Told told = (Event.Told) write("a.txt", Effect.Format.TEXT);
        assertEquals(Notice.Tone.WARNING, told.tone());
        assertTrue(told.text().endsWith("is already there"), told.text());
        assertEquals("mine", Files.readString(folder.resolve("a.txt")));
    }

    @Test
    void before_strangers_a_file_is_named_as_it_was_typed() throws IOException {
        Looks looks = new Looks(80, 24, Theme.MONO, Glyphs.UNICODE, Presence.ALONE.redacted());
        Path here = Files.createTempFile(Path.of(""), "shared", ".txt");
        Files.delete(here);
        Effect.Export wish = new Effect.Export(here.toString(), Effect.Format.TEXT);
        try {
            Event.Told told = (Event.Told)
                    Exporter.write(new Driver(looks).see(Snapshots.edge()).state(), wish);
            assertEquals("written: " + here, told.text());
        } finally {
            Files.deleteIfExists(here);
        }
    }

    @Test
    void a_folder_that_is_not_there_is_said() {
        Event.Told told = (Event.Told) write("no/a.txt", Effect.Format.TEXT);
        assertTrue(told.text().endsWith("no such folder"), told.text());
    }
}

package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.SvgPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures in {@code screenshots/} are what the program draws; {@code -Dframes.update} makes them anew. */
class ScreenshotsTest {
    private static final Path ROOT = Path.of(System.getProperty("bpfbay.home", "."), "screenshots");

    @ParameterizedTest
    @CsvSource({"attachments,''", "path,i", "details,<ENTER>", "programs,2", "help,?"})
    void screenshots_are_what_the_program_draws(String name, String keys) throws IOException {
        check(name, new Driver(110, 30).see(Snapshots.edge()).press(keys));
    }

    @Test
    void so_is_that_of_a_swap() throws IOException {
        Driver driver = new Driver(110, 30).see(Snapshots.edge()).press("s<ENTER>");
        check("swap", Swapping.planned(driver, Swapping.warned()).press("set"));
    }

    private static void check(String name, Driver driver) throws IOException {
        String svg = SvgPicture.of(driver.draw(), driver.state().looks().theme());
        Path file = ROOT.resolve(name + ".svg");
        if (System.getProperty("frames.update") != null) {
            Files.createDirectories(ROOT);
            Files.writeString(file, svg);
        }
        assertTrue(Files.exists(file), () -> file + " is missing; -Dframes.update makes it");
        assertEquals(Files.readString(file), svg, name);
    }
}

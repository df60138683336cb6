package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.diagnose.Rewind;
import bpfbay.diagnose.Watch;
import bpfbay.export.Capture;
import bpfbay.export.CaptureReader;
import bpfbay.export.CaptureWriter;
import bpfbay.history.Authors;
import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Position;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is wrong, what happened, and other moments, as they look. */
class TimeFramesTest {
    private static Driver after(Driver driver) {
        Eventful.accounts().forEach(account -> driver.on(new Event.Arrived(account, Duration.ofSeconds(1))));
        return driver;
    }

    @Test
    void findings() {
        Frames.check(after(new Driver(80, 24)).press("7"), "findings", "80x24");
        Frames.check(after(new Driver(120, 40)).press("7"), "findings", "120x40");
        Frames.check(after(new Driver(60, 10)).press("7"), "findings", "60x10");
        Frames.check(after(new Driver(80, 24)).press("7<ENTER>"), "findings", "one");
        Frames.check(new Driver(80, 24).see(Snapshots.bare()).press("7"), "findings", "none");
        Driver first =
                new Driver(80, 24).on(new Event.Arrived(Eventful.accounts().get(0), Duration.ofSeconds(1)));
        Frames.check(first.press("7"), "findings", "not-yet");
    }

    @Test
    void what_was_not_judged_can_be_read_on_a_low_screen() {
        Driver driver = after(new Driver(60, 10)).press("7G");
        for (int i = 0; i < 12; i++) {
            driver.press("j");
        }
        assertTrue(
                driver.draw().text().contains("needs CAP_SYS_ADMIN"),
                driver.draw().text());
        driver.wait(Duration.ofSeconds(1)).press("<UP>");
        assertTrue(
                driver.draw().text().contains("RTM_GETTFILTER"), driver.draw().text());
        for (int i = 0; i < 12; i++) {
            driver.press("k");
        }
        assertTrue(driver.draw().text().contains("▸"), driver.draw().text());
    }

    @Test
    void timeline() {
        Frames.check(after(new Driver(80, 24)).press("8"), "timeline", "80x24");
        Frames.check(after(new Driver(120, 40)).press("8"), "timeline", "120x40");
        Frames.check(after(new Driver(60, 10)).press("8"), "timeline", "60x10");
        Frames.check(after(new Driver(80, 24)).press("8<ENTER>"), "timeline", "one");
        Frames.check(new Driver(80, 24).see(Snapshots.bare()).press("8"), "timeline", "none");
    }

    @Test
    void from_a_finding_enter_leads_to_its_row() {
        Driver driver = after(new Driver(80, 24)).press("7<ENTER>");
        driver.press("<ENTER>");
        Frames.check(driver, "findings", "its-row");
    }

    @Test
    void a_pause_shows_the_picture_that_one_went_to() {
        Driver driver = after(new Driver(80, 24)).press("p<LEFT>");
        assertTrue(driver.effects().contains(new Effect.Travel(new Journey.Hold())));
        assertTrue(driver.effects().contains(new Effect.Travel(new Journey.By(-1))));
        Position position = new Position(2, 7, OptionalDouble.empty());
        driver.on(new Event.Stepped(Eventful.accounts().get(2), position));
        Frames.check(driver, "attachments", "stepped");
        driver.press("p");
        Frames.check(driver, "attachments", "gone-on");
    }

    @Test
    void a_picture_that_comes_after_the_pause_is_not_shown() {
        Driver driver = after(new Driver(80, 24));
        String before = driver.draw().text();
        driver.on(new Event.Stepped(Eventful.accounts().get(0), new Position(0, 7, OptionalDouble.empty())));
        assertEquals(before, driver.draw().text());
    }

    @Test
    void a_recording_says_where_one_is_and_asks_no_host() {
        Driver driver = new Driver(World.Conduct.REPLAY);
        driver.on(new Event.Stepped(Eventful.accounts().get(4), new Position(4, 7, OptionalDouble.of(8))));
        Frames.check(driver, "replay", "playing");
        int before = driver.effects().size();
        driver.press("srRu9");
        assertEquals(before, driver.effects().size());
        Frames.check(driver, "replay", "refused");
    }

    @Test
    void on_a_shared_screen_the_keys_are_shown() {
        Looks looks = new Looks(80, 24, Theme.MONO, Glyphs.UNICODE, Presence.SHARED);
        Frames.check(after(new Driver(looks)).press("jj/x<ESC>"), "attachments", "present");
    }

    @Test
    void a_recorded_run_replays_as_the_frames_it_had() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(file, "test", CaptureWriter.Content.EXACT)) {
            List<Snapshot> pictures = Eventful.pictures();
            for (int i = 0; i < pictures.size(); i++) {
                writer.write(pictures.get(i));
                writer.write(Authors.of(Eventful.accounts().get(i).news()));
            }
        }
        Capture capture = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), read -> {});
        Rewind rewind = new Rewind(capture, Watch.HOLD_DOWN, Recent.MARKED);
        assertTrue(rewind.at(6).timeline().stream()
                .anyMatch(occurrence -> occurrence.by().isPresent()));
        Driver live = new Driver(120, 40);
        Driver replayed = new Driver(120, 40);
        for (int i = 0; i < capture.size(); i++) {
            live.on(new Event.Arrived(Eventful.accounts().get(i), Duration.ofSeconds(1)));
            replayed.on(new Event.Arrived(rewind.at(i), Duration.ofSeconds(1)));
            for (String view : List.of("1", "2", "6", "7", "8", "1")) {
                assertEquals(
                        live.press(view).draw().text(),
                        replayed.press(view).draw().text(),
                        "picture " + i);
            }
        }
    }
}

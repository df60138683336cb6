package bpfbay.tui;

import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screens as they look. */
class FramesTest {
    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "200,60", "60,10", "40,6", "29,24", "80,3", "1,1"})
    void home_at_every_size(int columns, int rows) {
        Driver driver = new Driver(columns, rows).see(Snapshots.edge());
        Frames.check(driver, "attachments", columns + "x" + rows);
    }

    @ParameterizedTest
    @CsvSource({"programs,2", "links,3", "maps,4", "pins,5", "cgroups,6"})
    void every_list(String view, String key) {
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press(key), view, "80x24");
        Frames.check(new Driver(120, 40).see(Snapshots.edge()).press(key), view, "120x40");
        Frames.check(new Driver(60, 10).see(Snapshots.edge()).press(key), view, "60x10");
    }

    @Test
    void a_host_with_nothing_on_it() {
        Frames.check(new Driver(80, 24).see(Snapshots.bare()), "attachments", "empty");
        Frames.check(new Driver(80, 24).see(Snapshots.bare()).press("4"), "maps", "empty");
    }

    @Test
    void before_the_first_picture() {
        Frames.check(new Driver(80, 24), "attachments", "first");
    }

    @Test
    void the_first_poll_fails() {
        Driver driver = new Driver(80, 24)
                .on(new Event.PollFailed(Driver.NOW, "BPF_PROG_GET_NEXT_ID: EPERM — needs CAP_SYS_ADMIN"));
        Frames.check(driver, "attachments", "denied");
    }

    @Test
    void polls_fail_and_the_picture_grows_old() {
        Driver driver = new Driver(80, 24)
                .see(Snapshots.edge())
                .on(new Event.PollFailed(Driver.NOW.plusSeconds(1), "RTM_GETLINK: EBUSY"))
                .on(new Event.PollFailed(Driver.NOW.plusSeconds(2), "RTM_GETLINK: EBUSY"))
                .wait(Duration.ofSeconds(75));
        Frames.check(driver, "attachments", "stale");
    }

    @Test
    void a_pause_says_how_old_the_picture_is() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).press("p").wait(Duration.ofSeconds(42));
        Frames.check(driver, "attachments", "paused");
    }

    @ParameterizedTest
    @CsvSource({
        "filter,/cil",
        "nothing-fits,/zzz<ENTER>",
        "sorted,oo",
        "picked,j j ",
        "netns,:netns blue<ENTER>",
        "command,:th",
        "unknown,:themr<ENTER>",
        "last,G"
    })
    void home_in_use(String name, String keys) {
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press(keys), "attachments", name);
    }

    @Test
    void what_changed_and_what_is_gone() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).see(Later.swappedAndGone());
        Frames.check(driver, "attachments", "changed");
        Frames.check(
                new Driver(new Looks(80, 24, Theme.MONO, Glyphs.ASCII))
                        .see(Snapshots.edge())
                        .see(Later.swappedAndGone()),
                "attachments",
                "changed-mono-ascii");
    }

    @Test
    void what_bpfbay_keeps_for_a_way_back_is_nobody_elses() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).see(Later.keptForTheWayBack());
        Frames.check(driver, "attachments", "way-back");
        Frames.check(driver.press("2"), "programs", "way-back");
        Frames.check(driver.press("5G"), "pins", "way-back");
        Frames.check(driver.press("<ENTER>"), "details", "way-back");
    }

    @Test
    void themes() {
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press("tj"), "attachments", "light");
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press("ttj"), "attachments", "mono");
    }

    @Test
    void without_line_drawing() {
        Driver driver = new Driver(new Looks(80, 24, Theme.DARK, Glyphs.ASCII)).see(Snapshots.edge());
        Frames.check(driver, "attachments", "ascii");
        Frames.check(driver.press("i"), "path", "ascii");
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "60,10"})
    void the_path_of_a_packet(int columns, int rows) {
        Frames.check(new Driver(columns, rows).see(Snapshots.edge()).press("i"), "path", columns + "x" + rows);
    }

    @Test
    void details() {
        Snapshot edge = Snapshots.edge();
        Driver driver = new Driver(80, 24).see(edge).press("<ENTER>");
        Frames.check(driver, "details", "asked");
        driver.on(new Event.Peeked(new MapContents(
                        25,
                        1,
                        MapContents.Coverage.ALL,
                        List.of(new MapContents.Pair(
                                Bytes.copyOf(new byte[] {1, 0, 0, 0}),
                                Bytes.copyOf(new byte[] {9, 8, 7, 6, 5, 4, 3, 2}))),
                        Bytes.EMPTY)))
                .on(new Event.NotFetched(ObjectId.map(26), "needs CAP_SYS_ADMIN"))
                .on(new Event.NotFetched(ObjectId.prog(3815), "kernel.kptr_restrict hides it"));
        Frames.check(driver.press("G"), "details", "fetched");
        Frames.check(new Driver(60, 10).see(edge).press("<ENTER>"), "details", "60x10");
        Frames.check(new Driver(120, 40).see(edge).press("2jjjj<ENTER>"), "details", "program");
        Frames.check(new Driver(80, 24).see(edge).press("<ENTER>").see(Later.swappedAndGone()), "details", "replaced");
        Frames.check(new Driver(80, 24).see(edge).press("j<ENTER>").see(Later.swappedAndGone()), "details", "gone");
    }

    @Test
    void help_and_problems() {
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press("?"), "help", "80x24");
        Frames.check(new Driver(120, 60).see(Snapshots.edge()).press("?"), "help", "120x60");
        Frames.check(new Driver(80, 24).see(Snapshots.edge()).press("!"), "problems", "80x24");
    }
}

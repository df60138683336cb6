package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.collect.Poller;
import bpfbay.diagnose.Watch;
import bpfbay.export.SnapshotJson;
import bpfbay.history.OwnSwap;
import bpfbay.history.Recent;
import bpfbay.history.Recording;
import bpfbay.model.BpfCommand;
import bpfbay.model.Clue;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Driver;
import bpfbay.tui.Frames;
import bpfbay.tui.Host;
import bpfbay.tui.Later;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.SwapWish;
import bpfbay.tui.view.WholeView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A live host on a screen that strangers see. */
class RedactedScreenTest {
    private static final List<String> NAMES =
            List.of("edge-07", "xdpd", "cilium-agent", "cilium~", "web.service", "5f0c1b6e", "rolloutd", "/srv/secret");

    private static final Presence SHARED = Presence.SHARED.redacted();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ScreenNames names = ScreenNames.of(ArgumentParser.parse(List.of("--present", "--redact")));

    private final Intake intake = new Intake(
            names,
            new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.HOUR, names.of(RedactedScreenTest::swaps)),
            events);

    /** The journal says who put the newer firewall there. */
    private static List<OwnSwap> swaps() {
        return List.of(new OwnSwap(
                Snapshots.edge().takenAt().plusSeconds(1), "eth0/xdp", 4027, OptionalInt.of(77), "rolloutd"));
    }

    private Driver driver(int columns, int rows) {
        Snapshot edge = Snapshots.edge();
        Snapshot later = Later.with(edge, edge.attachments());
        intake.take(new Poller.Poll.Glimpsed(edge));
        intake.take(taken(edge));
        intake.take(taken(later));
        intake.take(taken(
                Later.without(Later.swapped(later, "eth0/xdp", 4027), "lxc12a/tcx/ingress/1"),
                new Clue.BpfCalled(
                        later.takenAt().plusMillis(500), BpfCommand.LINK_DETACH, OptionalInt.of(78), "rolloutd")));
        intake.take(new Poller.Poll.Failed(later.takenAt().plusSeconds(2), "reading /srv/secret/x: EIO"));
        Driver driver = new Driver(new Looks(columns, rows, Theme.MONO, Glyphs.UNICODE, SHARED));
        for (Event event : new ArrayList<>(events)) {
            assertNothingOfTheHost(driver.on(event).draw().text());
        }
        return driver;
    }

    private static Poller.Poll taken(Snapshot picture, Clue... clues) {
        return new Poller.Poll.Taken(picture, Duration.ofSeconds(1), List.of(clues));
    }

    private static void assertNothingOfTheHost(String text) {
        NAMES.forEach(name -> assertFalse(text.contains(name), () -> name + " in\n" + text));
    }

    @Test
    void no_page_shows_a_name_that_is_the_host_s() {
        Frames.check(driver(120, 40), "attachments", "redacted");
        Driver driver = driver(200, 60);
        for (String keys : List.of(
                "1", "<ENTER>", "<ENTER>", "2", "<ENTER>", "3", "<ENTER>", "4", "5", "6", "<ENTER>", "7", "<ENTER>",
                "8", "<ENTER>", "!", "?")) {
            assertNothingOfTheHost(driver.press(keys).draw().text());
            assertNothingOfTheHost(WholeView.text(driver.state()));
        }
        driver.press("<ESC><ESC><ESC>8");
        assertTrue(driver.draw().text().contains("by comm-"), driver.draw().text());
    }

    @Test
    void what_is_written_and_copied_is_redacted_too() {
        Driver driver = driver(120, 40);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        SnapshotJson.write(driver.state().world().shown().snapshot().orElseThrow(), json);
        assertNothingOfTheHost(json.toString(StandardCharsets.UTF_8));
        driver.press("y7<ENTER>y8<ENTER>yp1d");
        for (Effect effect : driver.effects()) {
            if (effect instanceof Effect.Copy copy) {
                assertNothingOfTheHost(copy.text());
            }
        }
    }

    @Test
    void the_last_hour_holds_no_other_names() {
        driver(80, 24);
        Recording hour = intake.recording().orElseThrow();
        assertNothingOfTheHost(hour.host().name());
        for (int i = 0; i < hour.size(); i++) {
            hour.authors(i).values().forEach(author -> assertNothingOfTheHost(author.comm()));
        }
    }

    @Test
    void no_key_asks_the_engine_for_anything() {
        Driver driver = driver(120, 40);
        int looks = driver.looks();
        driver.press("sucU9 s:swap prog:4027<ENTER>:undo x<ENTER>:confirm x<ENTER>");
        assertTrue(
                driver.draw().text().contains("--redact swaps nothing"),
                driver.draw().text());
        assertEquals(looks, driver.looks());
        assertFalse(driver.effects().stream().anyMatch(Effect.Swap.class::isInstance));
    }

    @Test
    void instructions_and_contents_are_not_fetched() {
        List<String> asked = new ArrayList<>();
        Host host = names.of(new Asked(asked), events);
        host.fetch(ObjectId.map(25));
        host.swap(new SwapWish.Look());
        host.pollNow();
        assertEquals(List.of("poll"), asked);
        assertEquals(
                new Event.NotFetched(ObjectId.map(25), "--redact shows no instructions and no contents"),
                events.remove());
    }

    @Test
    void without_the_option_everything_is_as_it_is() {
        ScreenNames exact = ScreenNames.of(ArgumentParser.parse(List.of("--present")));
        Host host = new Asked(new ArrayList<>());
        assertEquals(Snapshots.edge(), exact.of(Snapshots.edge()));
        assertEquals(host, exact.of(host, events));
    }

    private record Asked(List<String> calls) implements Host {
        @Override
        public void fetch(ObjectId object) {
            calls.add("fetch");
        }

        @Override
        public void count(Sampling mode) {
            calls.add("count");
        }

        @Override
        public void swap(SwapWish wish) {
            calls.add("swap");
        }

        @Override
        public void travel(Journey journey) {
            calls.add("travel");
        }

        @Override
        public void pollNow() {
            calls.add("poll");
        }
    }
}

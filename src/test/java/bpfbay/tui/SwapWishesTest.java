package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Guardians;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.SwapRequest;
import bpfbay.testing.Snapshots;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.SwapWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What else can be asked for on a plan: a canary, a probe, pins that follow. */
class SwapWishesTest {
    private final Driver driver = new Driver(80, 24).see(Snapshots.edge());

    private String shown() {
        return driver.draw().text();
    }

    private Driver atPlan() {
        return Swapping.planned(driver.press("s<ENTER>"), Swapping.warned());
    }

    private void assertNothingCommitted() {
        assertFalse(Swapping.wishes(driver).stream().anyMatch(wish -> wish instanceof SwapWish.Commit));
    }

    private Driver atGroupPlan() {
        return Swapping.planned(driver.press("/cil_from_con<ENTER>  s<ENTER>"), Swapping.group());
    }

    @Test
    void some_of_a_group_go_first_and_soak() {
        atGroupPlan().press("f");
        assertTrue(shown().contains("how many of them go first?"), shown());
        driver.press("j<ENTER>");
        assertEquals(
                Optional.of(new SwapRequest.Canary(1, Duration.ofSeconds(10))),
                Swapping.request(driver).canary());
        Swapping.planned(driver, Swapping.group(Optional.of(new SwapRequest.Canary(1, Duration.ofSeconds(10)))));
        assertTrue(shown().contains("first 1, the rest after 10s without trouble"), shown());
        driver.press("f<ENTER>");
        assertEquals(Optional.empty(), Swapping.request(driver).canary());
        assertNothingCommitted();
    }

    @Test
    void one_place_has_no_others_to_go_before() {
        atPlan().press("f");
        assertTrue(shown().contains("one place alone"), shown());
        assertTrue(shown().contains("swap eth0/xdp"), "the plan is still there");
    }

    private Driver probed(String path) {
        SwapWish.Probe wish = (SwapWish.Probe) Swapping.last(driver);
        assertEquals(path, wish.file());
        SwapRequest with = wish.request().probing(new Guardians.Probe(Path.of(path), Duration.ofSeconds(10)));
        return driver.on(new Event.Swap(new SwapNews.Probed(wish.request(), with)));
    }

    @Test
    void a_probe_is_typed_shown_and_taken_away() {
        atPlan().press("b/bin/pr<TAB>");
        assertEquals(new SwapWish.Paths("/bin/pr"), Swapping.last(driver));
        driver.on(new Event.Swap(new SwapNews.Paths("/bin/pr", List.of("/bin/probe"))))
                .press("<ENTER>");
        probed("/bin/probe");
        assertEquals(
                Optional.of(Path.of("/bin/probe")), Swapping.request(driver).probeCommand());
        Swapping.planned(driver, Swapping.warned());
        assertTrue(shown().contains("probe /bin/probe confirms it, or undoes it"), shown());
        driver.press("b");
        assertEquals("/bin/probe", driver.state().prompt().orElseThrow().text());
        driver.press("<C-u><ENTER>");
        assertEquals(Optional.empty(), Swapping.request(driver).probeCommand());
        assertNothingCommitted();
    }

    @Test
    void what_cannot_be_run_is_no_probe() {
        atPlan().press("b/etc/passwd<ENTER>")
                .on(new Event.Swap(new SwapNews.NotRead("/etc/passwd", "/etc/passwd is no file that can be run")));
        assertTrue(shown().contains("is no file that can be run"), shown());
        assertTrue(shown().contains("swap eth0/xdp"), "the plan is still there");
    }

    @Test
    void a_probe_needs_a_time_to_confirm() {
        atPlan().press("wG<ENTER>");
        Swapping.planned(driver, Swapping.warned()).press("b/bin/probe<ENTER>");
        probed("/bin/probe");
        assertEquals(new ConfirmWindow.Default(), Swapping.request(driver).window());
        Swapping.planned(driver, Swapping.warned()).press("wG<ENTER>");
        assertTrue(shown().contains("it needs a time to confirm"), shown());
        assertEquals(new ConfirmWindow.Default(), Swapping.request(driver).window());
    }

    @Test
    void an_answer_about_a_probe_of_a_plan_that_was_left_changes_nothing() {
        atPlan().press("b/bin/probe<ENTER>");
        SwapWish.Probe wish = (SwapWish.Probe) Swapping.last(driver);
        driver.press("<ESC><ESC>").on(new Event.Swap(new SwapNews.Probed(wish.request(), wish.request())));
        assertTrue(shown().contains("IFACE"), shown());
    }

    @Test
    void a_copied_plan_says_all_that_the_screen_says_is_agreed_to() {
        atPlan().press("b/bin/probe<ENTER>");
        probed("/bin/probe");
        Swapping.planned(driver, Swapping.warned()).press("m");
        Swapping.planned(driver, Swapping.warned()).press("y");
        String copied = ((Effect.Copy) driver.effects().get(driver.effects().size() - 1)).text();
        for (String term : List.of(
                "reverts in 60s unless confirmed",
                "/bin/probe confirms it, or undoes it",
                "/sys/fs/bpf/fw/old will name the new program once it stays")) {
            assertTrue(shown().contains(term), shown());
            assertTrue(copied.contains(term), copied);
        }
    }

    @Test
    void pins_are_renewed_when_asked_for_and_not_when_asked_again() {
        atPlan().press("m");
        assertEquals(SwapRequest.Pins.RENEW, Swapping.request(driver).pins());
        Swapping.planned(driver, Swapping.warned());
        assertTrue(shown().contains("pins  /sys/fs/bpf/fw/old will name the new program once it stays"), shown());
        driver.press("m");
        assertEquals(SwapRequest.Pins.KEEP, Swapping.request(driver).pins());
    }
}

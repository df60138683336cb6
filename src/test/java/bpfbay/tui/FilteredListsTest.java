package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.swap.SwapRecord;
import bpfbay.testing.Snapshots;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Position;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The filter and the choice of a namespace, in lists that are no tables. */
class FilteredListsTest {
    private static Driver after(Driver driver) {
        Eventful.accounts().forEach(account -> driver.on(new Event.Arrived(account, Duration.ofSeconds(1))));
        return driver;
    }

    private static String text(Driver driver) {
        return driver.draw().text();
    }

    @Test
    void findings_are_filtered_as_rows_are() {
        Driver driver = after(new Driver(80, 24)).press("7/sd_ !devices");
        Frames.check(driver, "findings", "filter");
        assertTrue(text(driver).contains("sd_fw_egress"));
        assertFalse(text(driver).contains("sd_devices"));
        driver.press("<ENTER>");
        assertTrue(text(driver).contains("1 of 6 findings /sd_ !devices"), text(driver));
    }

    @Test
    void what_a_finding_says_only_at_length_is_found_too() {
        Driver driver = after(new Driver(80, 24)).press("7/orphan-attachment");
        assertTrue(text(driver).contains("dd_classify"), text(driver));
    }

    @Test
    void escape_drops_the_filter_and_then_goes_back() {
        Driver driver = after(new Driver(80, 24)).press("7/sd_<ENTER><ESC>");
        assertFalse(driver.state().filter().isActive());
        assertFalse(driver.state().desk().isHome());
        assertTrue(text(driver).contains("dd_egress"));
        assertTrue(driver.press("<ESC>").state().desk().isHome());
    }

    @Test
    void escape_while_it_is_typed_leaves_what_was_there() {
        Driver driver = after(new Driver(80, 24)).press("7/sd_<ENTER>/xyz<ESC>");
        assertEquals("sd_", driver.state().filter().text());
    }

    @Test
    void a_filter_stays_when_the_view_changes() {
        Driver driver = after(new Driver(80, 24)).press("/eth0/xdp<ENTER>8");
        assertTrue(text(driver).contains("1 of 3 changes /eth0/xdp"), text(driver));
        assertTrue(text(driver.press("7")).contains("/eth0/xdp"), text(driver));
        assertEquals("eth0/xdp", driver.press("1").state().filter().text());
    }

    @Test
    void the_timeline_is_filtered_by_what_happened_and_by_whom() {
        Driver driver = after(new Driver(80, 24)).press("8/by_nobody");
        Frames.check(driver, "timeline", "nothing-fits");
        driver.press("<ESC>/bpfbay 4242");
        assertTrue(text(driver).contains("xdp_fw #3815"), text(driver));
        assertFalse(text(driver).contains("reordered"), text(driver));
        driver.press("<ESC>/2a72595b");
        assertTrue(text(driver).contains("cil_from_container"), text(driver));
    }

    @Test
    void the_cursor_stays_on_its_entry_while_others_go() {
        Driver driver = after(new Driver(80, 24)).press("7jj/dd_");
        assertTrue(text(driver).contains("▸ info      eth0/tc/egress"), text(driver));
    }

    @Test
    void swaps_are_filtered_by_place_program_standing_and_user() {
        Driver driver = new Driver(80, 24).see(Snapshots.edge()).press("9");
        Swapping.listed(
                driver,
                Swapping.record(SwapRecord.Standing.PENDING),
                Swapping.record("other", SwapRecord.Standing.REVERTED, "eth1/xdp"));
        assertTrue(text(driver.press("/pending<ENTER>")).contains("1 of 2 swaps /pending"), text(driver));
        assertTrue(text(driver.press("/ nothing<ENTER>")).contains("None of 2 swaps fits the filter."), text(driver));
    }

    @Test
    void differences_are_filtered() {
        Driver driver = after(new Driver(80, 24)).press("pd");
        driver.on(new Event.Stepped(Eventful.accounts().get(1), new Position(1, 7, OptionalDouble.empty())));
        driver.press("d/tcx order<ENTER>");
        assertTrue(text(driver).contains("1 of 3 differences /tcx order"), text(driver));
        assertTrue(text(driver).contains("1 cil_from_netdev"), text(driver));
    }

    @Test
    void n_shows_what_is_of_the_network_namespace_alone() {
        Driver driver = after(new Driver(80, 24)).press("7jjn");
        Frames.check(driver, "findings", "netns");
        assertTrue(text(driver).contains("eth0/tc/egress"), text(driver));
        assertFalse(text(driver).contains("sd_devices"), text(driver));
        assertTrue(text(driver.press("n")).contains("sd_devices"), text(driver));
    }

    @Test
    void a_namespace_without_findings_says_so_and_the_header_still_counts_all() {
        Driver driver = after(new Driver(80, 24)).press(":netns blue<ENTER>7");
        assertTrue(text(driver).contains("None of 6 findings is of this network namespace."), text(driver));
        assertTrue(text(driver).contains("0 of 6 findings"), text(driver));
        driver.press("8");
        assertTrue(text(driver).contains("None of 3 changes is of this network namespace."), text(driver));
    }

    @Test
    void a_finding_and_what_happened_are_copied_whole() {
        Driver driver = after(new Driver(80, 24)).press("7<ENTER>y8<ENTER>y");
        List<Effect> effects = driver.effects();
        assertTrue(((Effect.Copy) effects.get(effects.size() - 2)).text().contains("What to do"));
        assertTrue(((Effect.Copy) effects.get(effects.size() - 1)).text().contains("reordered"));
    }
}

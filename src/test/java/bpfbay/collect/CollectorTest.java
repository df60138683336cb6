package bpfbay.collect;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Listing;
import bpfbay.model.Activity;
import bpfbay.model.CgroupView;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.SlotView;
import bpfbay.model.Snapshot;
import bpfbay.model.XdpMode;
import bpfbay.testing.FakeKernel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private final FakeKernel kernel = new FakeKernel();
    private Instant now = Instant.parse("2026-11-21T22:51:07Z");
    private Collector collector = collector(StatsMode.OFF);

    private Collector collector(StatsMode mode) {
        return new Collector(kernel, new TickingClock(), () -> 0L, mode);
    }

    private final class TickingClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void a_host_with_one_interface() {
        Seen seen = new Seen();
        seen.net(Seen.OWN).device(2, "eth0").xdp(2, XdpMode.NATIVE, 11);
        kernel.namespaces = Listing.of(List.of(Seen.OWN));
        kernel.programs = Listing.of(List.of(Seen.program(11, ProgType.XDP, "xdp_fw")));
        kernel.networks.putAll(seen.views());
    }

    private Snapshot poll(Kernel.Change... told) {
        Snapshot snapshot = collector.collect(Set.of(told));
        now = now.plusSeconds(1);
        return snapshot;
    }

    @Test
    void a_glance_asks_neither_for_pins_nor_for_holders_and_says_so() {
        Snapshot glance = collector.glance();

        assertEquals(1, glance.attachments().size());
        assertTrue(glance.index().isGlance());
        assertTrue(glance.problems().stream().anyMatch(problem -> problem.hint().contains("still being read")));
        assertEquals(List.of("programs", "cgroups", "network 1000"), kernel.asked);
    }

    @Test
    void the_poll_after_a_glance_asks_everything_again() {
        collector.glance();
        kernel.asked.clear();

        Snapshot snapshot = poll();

        assertFalse(snapshot.index().isGlance());
        assertEquals(List.of(), snapshot.problems());
        assertEquals(List.of("programs", "network 1000", "cgroups", "pins", "holdings", "slots"), kernel.asked);
    }

    @Test
    void the_first_poll_asks_everything() {
        Snapshot snapshot = poll();

        assertEquals(1, snapshot.attachments().size());
        assertEquals(List.of("programs", "network 1000", "cgroups", "pins", "holdings", "slots"), kernel.asked);
    }

    @Test
    void a_quiet_poll_asks_only_what_can_change_unseen_and_makes_nothing_anew() {
        Snapshot first = poll();
        kernel.asked.clear();

        Snapshot second = poll();

        assertEquals(List.of("programs"), kernel.asked);
        assertSame(first.attachments(), second.attachments());
        assertSame(first.index(), second.index());
    }

    @Test
    void a_new_answer_about_objects_makes_everything_due() {
        poll();
        kernel.asked.clear();
        kernel.programs = Listing.of(kernel.programs.items().stream().toList());

        poll();

        assertTrue(kernel.asked.containsAll(List.of("network 1000", "cgroups", "pins", "holdings")));
    }

    @Test
    void one_more_program_on_no_hook_leaves_the_attachments_as_they_are() {
        Snapshot first = poll();
        kernel.programs = Listing.of(List.of(kernel.programs.items().get(0), Seen.program(12, ProgType.XDP, "xdp_fw")));

        Snapshot second = poll();

        assertSame(first.attachments(), second.attachments());
        assertEquals(2, second.index().programs().size());
    }

    @Test
    void a_program_on_a_hook_is_another_attachment() {
        poll();
        Seen seen = new Seen();
        seen.net(Seen.OWN).device(2, "eth0");
        kernel.networks.putAll(seen.views());

        assertEquals(List.of(), poll(Kernel.Change.NETWORK).attachments());
    }

    @Test
    void an_event_makes_its_own_section_due() {
        poll();
        kernel.asked.clear();

        poll(Kernel.Change.PINS);

        assertEquals(List.of("programs", "pins"), kernel.asked);
    }

    @Test
    void cgroups_that_were_others_are_asked_once_more_and_named_in_order() {
        kernel.cgroups = new CgroupView(List.of(), Map.of(9L, "/web", 1L, "/"), List.of());
        List<Long> first = poll().cgroups();
        kernel.cgroups = new CgroupView(List.of(), Map.of(1L, "/"), List.of());
        kernel.programs = Listing.of(kernel.programs.items().stream().toList());
        List<Long> second = poll().cgroups();
        kernel.asked.clear();

        List<Long> third = poll().cgroups();

        assertEquals(List.of("programs", "cgroups"), kernel.asked);
        assertEquals(List.of(1L, 9L), first);
        assertEquals(List.of(1L), second);
        assertSame(second, third);
        kernel.asked.clear();
        poll();
        assertEquals(List.of("programs"), kernel.asked);
    }

    @Test
    void every_tenth_poll_asks_everything() {
        for (int i = 0; i < 10; i++) {
            poll();
        }
        kernel.asked.clear();

        poll();

        assertTrue(kernel.asked.contains("network 1000"));
    }

    @Test
    void map_entries_that_the_first_look_left_out_are_asked_at_the_second() {
        kernel.slots = SlotView.NOT_ASKED;
        poll();
        kernel.asked.clear();
        kernel.slots = new SlotView(Reading.of(Map.of(11, List.of(ObjectId.map(5)))), List.of());

        Snapshot second = poll();

        assertEquals(List.of("programs", "slots"), kernel.asked);
        assertEquals(
                Reading.of(Map.of(11, List.of(ObjectId.map(5)))), second.index().slots());
    }

    @Test
    void callers_are_watched_from_the_second_look_on() {
        collector.watchCallers();
        poll();
        assertFalse(kernel.asked.contains("callers"));
        poll();
        poll();
        assertEquals(1, kernel.asked.stream().filter("callers"::equals).count());
    }

    @Test
    void holders_by_iterator_are_asked_every_second_poll() {
        kernel.scan = Reading.of(Relations.Scan.TASK_FILE_ITERATOR);
        poll();
        kernel.asked.clear();

        poll();
        poll();

        assertEquals(1, kernel.asked.stream().filter("holdings"::equals).count());
    }

    @Test
    void a_namespace_that_ended_meanwhile_is_skipped_without_a_problem() {
        kernel.namespaces = Listing.of(List.of(Seen.OWN, Seen.BLUE));

        Snapshot snapshot = poll();

        assertEquals(1, snapshot.attachments().size());
        assertEquals(List.of(), snapshot.problems());
    }

    @Test
    void a_sampled_window_gives_rates_and_is_switched_off_again() {
        collector = collector(StatsMode.SAMPLE);
        kernel.counts = Map.of(11, new RunCounts(100, 5_000));
        poll();
        assertEquals(1, kernel.countingFds);
        kernel.counts = Map.of(11, new RunCounts(1_100, 55_000));

        RunRate rate = requireNonNull(poll().activity().rates().get(11));

        assertEquals(1_000, rate.runsPerSecond());
        assertEquals(50, rate.nsPerRun().orElseThrow());
        assertEquals(0, kernel.countingFds);
        kernel.asked.clear();
        for (int i = 0; i < 8; i++) {
            poll();
        }
        assertFalse(kernel.asked.contains("counts"));
        poll();
        assertTrue(kernel.asked.contains("counts"));
    }

    @Test
    void counting_by_sysctl_is_used_without_switching_anything() {
        kernel.isCountingBySysctl = true;
        kernel.counts = Map.of(11, new RunCounts(1, 30));

        Snapshot snapshot = poll();

        assertEquals(Activity.State.ON_BY_SYSCTL, snapshot.activity().state());
        assertEquals(0, kernel.countingFds);
    }

    @Test
    void counting_that_is_refused_is_a_problem_and_no_zero() {
        collector = collector(StatsMode.ON);
        Problem refused = new Problem("BPF_ENABLE_STATS", "host", 1, "needs CAP_SYS_ADMIN");
        kernel.countingRefused = Optional.of(refused);

        Snapshot snapshot = poll();

        assertEquals(List.of(refused), snapshot.problems());
        assertEquals(Map.of(), snapshot.activity().counts());
    }

    @Test
    void a_clock_set_back_makes_no_rates() {
        collector = collector(StatsMode.ON);
        kernel.counts = Map.of(11, new RunCounts(1, 1));
        poll();
        now = now.minus(Duration.ofHours(1));

        assertEquals(Map.of(), poll().activity().rates());
    }
}

package bpfbay.collect;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.model.Clue;
import bpfbay.model.Problem;
import bpfbay.testing.FakeKernel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollerTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeKernel kernel = new FakeKernel();
    private final BlockingQueue<Poller.Poll> polls = new LinkedBlockingQueue<>();

    private Poller started(StatsMode mode) {
        Collector collector = new Collector(kernel, Clock.systemUTC(), mode);
        Poller poller = new Poller(kernel, collector, mode, NEVER, polls::add);
        poller.start();
        return poller;
    }

    private Poller.Poll next() throws InterruptedException {
        return requireNonNull(polls.poll(30, TimeUnit.SECONDS), "no poll came");
    }

    @Test
    void a_glance_comes_before_the_first_picture_where_somebody_waits() throws InterruptedException {
        Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.OFF);
        try (Poller poller = new Poller(kernel, collector, StatsMode.OFF, NEVER, polls::add)) {
            poller.startAtAGlance();

            assertTrue(next() instanceof Poller.Poll.Glimpsed);
            assertTrue(next() instanceof Poller.Poll.Taken);
        }
    }

    @Test
    void the_first_picture_comes_at_once_and_the_next_when_wished() throws InterruptedException {
        try (Poller poller = started(StatsMode.OFF)) {
            assertTrue(next() instanceof Poller.Poll.Taken);

            poller.pollNow();

            assertTrue(next() instanceof Poller.Poll.Taken);
        }
    }

    @Test
    void clues_come_with_the_picture_after_them() throws InterruptedException {
        try (Poller poller = started(StatsMode.OFF)) {
            next();
            poller.pollNow();
            next();
            Clue clue = new Clue.Lost(Instant.EPOCH, Clue.Source.NETLINK);
            kernel.clues.add(clue);

            poller.pollNow();

            assertTrue(
                    next() instanceof Poller.Poll.Taken taken && taken.clues().equals(List.of(clue)));
        }
    }

    @Test
    @SuppressWarnings("try")
    void an_event_of_the_kernel_ends_the_wait() throws InterruptedException {
        try (Poller poller = started(StatsMode.OFF)) {
            next();

            kernel.changes.add(Set.of(Kernel.Change.NETWORK));

            assertTrue(next() instanceof Poller.Poll.Taken);
        }
    }

    @Test
    void a_poll_that_fails_is_told_in_one_line_and_tried_again() throws InterruptedException {
        kernel.hostFails = Optional.of(new KernelException(new Problem("uname", "host", 5, "")));
        try (Poller poller = started(StatsMode.OFF)) {
            assertTrue(next() instanceof Poller.Poll.Failed f && f.message().equals("uname host: EIO"));

            kernel.hostFails = Optional.empty();
            poller.pollNow();

            assertTrue(next() instanceof Poller.Poll.Taken);
        }
    }

    @Test
    void closing_switches_counting_off() throws InterruptedException {
        Poller poller = started(StatsMode.ON);
        next();

        poller.close();

        assertEquals(0, kernel.countingFds);
    }
}

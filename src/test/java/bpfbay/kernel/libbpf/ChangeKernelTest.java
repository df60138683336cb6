package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel.Change;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every wait is an hour long: that the test ends is the proof. */
@InNetns
@Timeout(60)
class ChangeKernelTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ChangeSource changes = new ChangeSource();

    @BeforeEach
    void listen() {
        assertEquals(Set.of(), changes.await(Duration.ZERO));
    }

    @AfterEach
    void close() {
        changes.close();
    }

    @Test
    void a_device_that_changes_ends_the_wait() {
        Tool.run("ip", "link", "set", "lo", "mtu", "1400");
        assertEquals(Set.of(Change.NETWORK), changes.await(HOUR));
    }

    @Test
    void a_qdisc_and_a_filter_end_the_wait() {
        Tool.run("tc", "qdisc", "add", "dev", "lo", "clsact");
        assertEquals(Set.of(Change.NETWORK), changes.await(HOUR));
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "cls", 0);
        Tool.run("tc", "filter", "add", "dev", "lo", "ingress", "bpf", "da", "pinned", Ground.path("cls"));
        assertEquals(Set.of(Change.NETWORK), changes.await(HOUR));
    }

    @Test
    void a_pin_in_a_watched_directory_ends_the_wait() {
        changes.watch(List.of("/sys/fs/bpf", "/sys/fs/bpf/not-there"));
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "xdp", 2);
        assertEquals(Set.of(Change.PINS), changes.await(HOUR));
        Tool.run("rm", Ground.path("xdp"));
        assertEquals(Set.of(Change.PINS), changes.await(HOUR));
    }

    @Test
    void a_directory_that_is_watched_no_more_is_silent() {
        changes.watch(List.of("/sys/fs/bpf"));
        changes.watch(List.of());
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "xdp", 2);
        assertEquals(Set.of(), changes.await(Duration.ZERO));
    }

    @Test
    void a_burst_is_told_once() {
        changes.watch(List.of("/sys/fs/bpf"));
        Tool.run("ip", "link", "set", "lo", "mtu", "1400");
        Tool.run("ip", "link", "set", "lo", "mtu", "1500");
        Ground.pin(RawBpf.BPF_PROG_TYPE_XDP, "xdp", 2);
        assertEquals(Set.of(Change.NETWORK, Change.PINS), changes.await(HOUR));
        assertEquals(Set.of(), changes.await(Duration.ZERO));
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_on_the_thread() {
        Thread.currentThread().interrupt();
        assertEquals(Set.of(), changes.await(HOUR));
        assertTrue(Thread.interrupted());
    }

    @Test
    void an_interrupt_from_another_thread_ends_the_wait() {
        Thread waiting = Thread.currentThread();
        Thread other = new Thread(waiting::interrupt);
        other.start();
        assertEquals(Set.of(), changes.await(HOUR));
        assertTrue(Thread.interrupted());
        Tool.run("ip", "link", "set", "lo", "mtu", "1400");
        assertEquals(Set.of(Change.NETWORK), changes.await(HOUR));
    }
}

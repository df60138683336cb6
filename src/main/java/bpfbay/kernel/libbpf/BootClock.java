package bpfbay.kernel.libbpf;

import java.time.Instant;

/** CLOCK_BOOTTIME against the wall clock: load times count from boot, suspended time included. */
final class BootClock {
    /** The moment of boot by today's wall clock, which may have been set since. */
    Instant bootedAt() {
        return Instant.now().minusNanos(SystemShim.shim_boottime());
    }
}

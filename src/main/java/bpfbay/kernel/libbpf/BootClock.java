package bpfbay.kernel.libbpf;

import java.time.Instant;

/** CLOCK_BOOTTIME against the wall clock: load times count from boot, suspended time included. */
final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    private final NativeBuffer timespec = new NativeBuffer(16);

    /** The moment of boot by today's wall clock, which may have been set since. */
    Instant bootedAt() {
        Libc.clock_gettime(CLOCK_BOOTTIME, timespec.address());
        long seconds = timespec.view().getLong(0);
        long nanos = timespec.view().getLong(8);
        return Instant.now().minusSeconds(seconds).minusNanos(nanos);
    }
}

package bpfbay.swap;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names for new swaps. A bpffs takes no dots, so they have none. */
final class SwapIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int TAILS = 1 << 24;

    private SwapIds() {}

    static String next(Clock clock) {
        return TIME.format(clock.instant())
                + String.format(
                        Locale.ROOT, "-%06x", ThreadLocalRandom.current().nextInt(TAILS));
    }
}

package bpfbay.export;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What is left of a window, as everybody who looks reads it: {@code 00:47}, {@code 1:02:03}. */
public final class Countdown {
    private Countdown() {}

    /** A second that has begun counts whole; {@code 00:00} when the time is over. */
    public static String of(Duration left) {
        long seconds = Math.max(0, left.plusMillis(999).toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String until(Instant by, Instant now) {
        return of(Duration.between(now, by));
    }
}

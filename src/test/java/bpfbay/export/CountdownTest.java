package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CountdownTest {
    @Test
    void it_counts_down_to_zero_and_no_further() {
        Instant now = Instant.parse("2026-11-21T11:45:30Z");
        assertEquals("00:47", Countdown.until(now.plusSeconds(47), now));
        assertEquals("1:30:00", Countdown.until(now.plusSeconds(5400), now));
        assertEquals("00:00", Countdown.until(now.minusSeconds(5), now));
    }

    @Test
    void it_is_not_over_before_it_is() {
        assertEquals("00:01", Countdown.of(Duration.ofMillis(1)));
        assertEquals("00:48", Countdown.of(Duration.ofMillis(47_001)));
    }
}

package bpfbay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T09:12:40Z",
                "2026-11-21T00:00:00Z",
                "2026-11-21T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.5Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void writes_what_the_platform_writes_down_to_the_second(String text) {
        Instant at = Instant.parse(text);
        String platform = at.truncatedTo(ChronoUnit.SECONDS).toString();

        assertEquals(platform, Utc.second(at));
        assertEquals(platform.substring(0, 10), Utc.day(at));
        assertEquals(platform.substring(11), Utc.time(at));
    }

    @Test
    void a_day_is_one_of_utc() {
        Instant midnight = Instant.parse("2026-11-22T00:00:00Z");

        assertTrue(Utc.isSameDay(midnight, midnight.plusSeconds(86_399)));
        assertFalse(Utc.isSameDay(midnight, midnight.minusNanos(1)));
        assertFalse(Utc.isSameDay(Instant.EPOCH, Instant.EPOCH.minusNanos(1)));
    }
}

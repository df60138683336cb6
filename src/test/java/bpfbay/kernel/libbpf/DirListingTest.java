package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DirListingTest {
    private static long settled(long mtime, long clock) {
        return new DirListing("0:28", mtime, clock, List.of()).settledMtime();
    }

    @Test
    void a_change_of_an_earlier_tick_has_a_time_that_no_later_one_has() {
        assertEquals(1_000, settled(1_000, 1_001));
    }

    @Test
    void while_the_clock_stands_at_the_last_change_another_may_have_the_same_time() {
        assertNotEquals(1_000, settled(1_000, 1_000));
        assertNotEquals(1_000, settled(1_000, 999));
    }
}

package bpfbay.export;

import bpfbay.model.Reading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Single values in the words of the contract. */
final class Words {
    static final int ALLOW_OVERRIDE = 1;
    static final int ALLOW_MULTI = 1 << 1;
    static final int PREORDER = 1 << 6;

    private Words() {}

    /** RFC 3339, UTC, to the millisecond, with a Z. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** RFC 3339, UTC, as precise as it is known, with a Z. */
    static String exactTime(Instant instant) {
        return instant.toString();
    }

    static String u32(int value) {
        return Integer.toUnsignedString(value);
    }

    static String u64(long value) {
        return Long.toUnsignedString(value);
    }

    static String u32(OptionalInt value) {
        return value.isPresent() ? u32(value.getAsInt()) : "—";
    }

    static String u64(OptionalLong value) {
        return value.isPresent() ? u64(value.getAsLong()) : "—";
    }

    /** BPF_F_* of a cgroup attachment; a bit that has no word stands as a number. */
    static List<String> cgroupFlags(int flags) {
        List<String> words = new ArrayList<>();
        if ((flags & ALLOW_MULTI) != 0) {
            words.add("multi");
        }
        if ((flags & ALLOW_OVERRIDE) != 0) {
            words.add("override");
        }
        if ((flags & PREORDER) != 0) {
            words.add("preorder");
        }
        int rest = flags & ~(ALLOW_MULTI | ALLOW_OVERRIDE | PREORDER);
        if (rest != 0) {
            words.add("0x" + Integer.toHexString(rest));
        }
        return words;
    }

    static <T, R> Reading<R> map(Reading<T> reading, Function<T, R> function) {
        return reading.match(
                value -> Reading.of(function.apply(value)),
                Reading.Unsupported::new,
                Reading.Denied::new,
                Reading.Gone::new,
                Reading.NotAsked::new);
    }
}

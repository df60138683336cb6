package bpfbay.tui.table;

import bpfbay.model.Utc;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as an operator reads them: three digits and a letter, UTC with a Z. */
public final class Units {
    private static final int SECONDS_A_DAY = 86400;
    private static final String LETTERS = "kMGTPE";

    private Units() {}

    /** {@code 1.2M/s}; a program that did not run in the window is at {@code 0/s}. */
    public static String rate(double perSecond) {
        return scaled(perSecond) + "/s";
    }

    /** {@code 38}, {@code 4.1k}, {@code 812k}. */
    public static String scaled(double value) {
        if (value < 999.5) {
            return value == 0 || value >= 9.95
                    ? String.valueOf(Math.round(value))
                    : String.format(Locale.ROOT, "%.1f", value);
        }
        double rest = value;
        int letter = -1;
        while (rest >= 999.5 && letter < LETTERS.length() - 1) {
            rest /= 1000;
            letter++;
        }
        return (rest < 9.95 ? String.format(Locale.ROOT, "%.1f", rest) : String.valueOf(Math.round(rest)))
                + LETTERS.charAt(letter);
    }

    /** {@code 2}, {@code 0.25}. */
    public static String factor(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Exact as long as it is short. */
    public static String count(long number) {
        return number < 1_000_000 ? Long.toString(number) : scaled((double) number);
    }

    /** {@code 38 ns}, {@code 1.4 us}, {@code 12 ms}. */
    public static String nanos(double nanos) {
        if (nanos < 999.5) {
            return Math.round(nanos) + " ns";
        } else if (nanos < 999_500) {
            return scaled(nanos / 1000) + " us";
        }
        return scaled(nanos / 1e6) + " ms";
    }

    /** {@code 312}, {@code 4.1k}, {@code 2.0M}, of 1024. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return String.valueOf(bytes);
        }
        double rest = bytes;
        int letter = -1;
        while (rest >= 1023.5 && letter < LETTERS.length() - 1) {
            rest /= 1024;
            letter++;
        }
        return (rest < 9.95 ? String.format(Locale.ROOT, "%.1f", rest) : String.valueOf(Math.round(rest)))
                + LETTERS.charAt(letter);
    }

    /** The time of day where it was today, else the day. */
    public static String moment(Instant at, Instant now) {
        return Utc.isSameDay(at, now) ? Utc.time(at) : Utc.day(at);
    }

    /** Day and time. */
    public static String full(Instant at) {
        return Utc.day(at) + " " + Utc.time(at);
    }

    /** {@code 14s}, {@code 3m 20s}, {@code 2h 05m}, {@code 4d}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        } else if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        } else if (seconds < SECONDS_A_DAY) {
            return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
        }
        return seconds / SECONDS_A_DAY + "d";
    }

    /** {@code 1s}, {@code 250ms}, {@code 1.5s}. */
    public static String pace(Duration pace) {
        long millis = pace.toMillis();
        if (millis % 1000 == 0) {
            return millis / 1000 + "s";
        }
        return millis < 1000 ? millis + "ms" : String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }

    public static String unsigned(int id) {
        return Integer.toUnsignedString(id);
    }
}

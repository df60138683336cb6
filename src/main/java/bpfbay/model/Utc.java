package bpfbay.model;

import java.time.Instant;
import java.time.LocalDate;

/*
 * Written by hand: there may be thousands of them, one a line of evidence, and the formatters of the platform take their
 * time, most of all the first.
 */
/** Moments as they are written everywhere: UTC, down to the second, with a Z. */
public final class Utc {
    private static final int SECONDS_OF_DAY = 86_400;

    private Utc() {}

    /** {@code 09:12:40Z}. */
    public static String time(Instant at) {
        int second = Math.floorMod(at.getEpochSecond(), SECONDS_OF_DAY);
        char[] time = "00:00:00Z".toCharArray();
        put(second / 3600, time, 0);
        put(second / 60 % 60, time, 3);
        put(second % 60, time, 6);
        return new String(time);
    }

    private static void put(int number, char[] time, int at) {
        time[at] += (char) (number / 10);
        time[at + 1] += (char) (number % 10);
    }

    /** {@code 2026-11-21}. */
    public static String day(Instant at) {
        return LocalDate.ofEpochDay(dayNumber(at)).toString();
    }

    /** {@code 2026-11-21T09:12:40Z}. */
    public static String second(Instant at) {
        return day(at) + "T" + time(at);
    }

    public static boolean isSameDay(Instant at, Instant other) {
        return dayNumber(at) == dayNumber(other);
    }

    private static long dayNumber(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS_OF_DAY);
    }
}

package bpfbay.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as the command line writes them. */
final class Durations {
    private static final int MOST_DIGITS = 6;

    private Durations() {}

    /** {@code 500ms}, {@code 1s}, {@code 2m}, at least a tenth of a second and at most an hour. */
    static Duration parse(Invocation invocation, Option option, String text) {
        return parse(invocation, option, text, Duration.ofMillis(100), Duration.ofMinutes(60));
    }

    /** {@code --interval}; a second where nothing is said. */
    static Duration interval(Invocation invocation) {
        Optional<String> text = invocation.value(Option.INTERVAL);
        return text.isPresent() ? parse(invocation, Option.INTERVAL, text.get()) : Duration.ofSeconds(1);
    }

    /** Within other bounds, both of which are allowed. */
    static Duration parse(Invocation invocation, Option option, String text, Duration least, Duration most) {
        Duration duration = duration(text)
                .orElseThrow(() ->
                        invocation.wrong(option.word() + " '" + text + "' is no time: write 500ms, 1s, 2m or 1h"));
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invocation.wrong(
                    option.word() + " '" + text + "' is out of range: " + words(least) + " to " + words(most));
        }
        return duration;
    }

    /* no regular expression: the screen's start would wait for the first one of the process */
    private static Optional<Duration> duration(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, digits, 10);
        return switch (text.substring(digits)) {
            case "ms" -> Optional.of(Duration.of(number, ChronoUnit.MILLIS));
            case "s" -> Optional.of(Duration.of(number, ChronoUnit.SECONDS));
            case "m" -> Optional.of(Duration.of(number, ChronoUnit.MINUTES));
            case "h" -> Optional.of(Duration.of(number, ChronoUnit.HOURS));
            default -> Optional.empty();
        };
    }

    private static String words(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + "ms";
        } else if (time.toSeconds() % 60 != 0 || time.isZero()) {
            return time.toSeconds() + "s";
        }
        return time.toMinutes() <= 60 ? time.toMinutes() + "m" : time.toHours() + "h";
    }
}

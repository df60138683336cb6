package bpfbay.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as the command line writes them. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

    private Durations() {}

    /** {@code 500ms}, {@code 1s}, {@code 2m}, at least a tenth of a second and at most an hour. */
    static Duration parse(Invocation invocation, Option option, String text) {
        return parse(invocation, option, text, Duration.ofMillis(100), Duration.ofMinutes(60));
    }

    /** {@code --interval}; a second where nothing is said. */
    static Duration interval(Invocation invocation) {
        return invocation
                .value(Option.INTERVAL)
                .map(text -> parse(invocation, Option.INTERVAL, text))
                .orElse(Duration.ofSeconds(1));
    }

    /** Within other bounds, both of which are allowed. */
    static Duration parse(Invocation invocation, Option option, String text, Duration least, Duration most) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invocation.wrong(option.word() + " '" + text + "' is no time: write 500ms, 1s, 2m or 1h");
        }
        long number = Long.parseLong(form.group(1));
        Duration duration =
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invocation.wrong(
                    option.word() + " '" + text + "' is out of range: " + words(least) + " to " + words(most));
        }
        return duration;
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

package bpfbay.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as the command line writes them. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s|m)");

    private Durations() {}

    /** {@code 500ms}, {@code 1s}, {@code 2m}, at least a tenth of a second and at most an hour. */
    static Duration parse(Invocation invocation, Option option, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invocation.wrong(option.word() + " '" + text + "' is no time: write 500ms, 1s or 2m");
        }
        long number = Long.parseLong(form.group(1));
        Duration duration =
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        if (duration.toMillis() < 100 || duration.toMinutes() > 60) {
            throw invocation.wrong(option.word() + " '" + text + "' is out of range: 100ms to 60m");
        }
        return duration;
    }
}

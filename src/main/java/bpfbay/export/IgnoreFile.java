package bpfbay.export;

import bpfbay.diagnose.Code;
import bpfbay.diagnose.Ignore;
import bpfbay.model.Nearest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads rules for what is known, one a line:
 *
 * <pre>
 * # code         ref pattern        until        why
 * version-skew   eth1/xdp           2026-12-01   canary, CHG-4711
 * *              netns:lab/*        2027-01-31   nobody's traffic
 * </pre>
 *
 * A pattern's {@code *} stands for anything, {@code ?} for one character. A rule holds through its last day,
 * by UTC.
 */
public final class IgnoreFile {
    private static final int FIELDS = 4;

    private IgnoreFile() {}

    /** Fails with an {@link UnreadableException} that names the line. */
    public static List<Ignore> parse(String name, String text) {
        List<Ignore> rules = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rules.add(rule(name + ":" + (i + 1) + ": ", line, i + 1));
            }
        }
        return rules;
    }

    private static Ignore rule(String where, String line, int number) {
        String[] fields = line.split("\\s+", FIELDS);
        if (fields.length < FIELDS) {
            throw new UnreadableException(
                    where
                            + "a rule has a code, a ref pattern, a last day and a reason: version-skew eth1/xdp 2026-12-01 canary");
        }
        return new Ignore(code(where, fields[0]), fields[1], day(where, fields[2]), fields[3], number);
    }

    private static Optional<Code> code(String where, String word) {
        if (word.equals("*")) {
            return Optional.empty();
        }
        return Optional.of(Code.byLabel(word)
                .orElseThrow(() -> new UnreadableException(where + "unknown code '" + word + "'"
                        + Nearest.to(
                                        word,
                                        Arrays.stream(Code.values())
                                                .map(Code::label)
                                                .toList())
                                .map(near -> ": did you mean '" + near + "'?")
                                .orElse(""))));
    }

    private static LocalDate day(String where, String word) {
        try {
            return LocalDate.parse(word);
        } catch (DateTimeParseException e) {
            throw new UnreadableException(where + "'" + word + "' is no day: write 2026-12-01");
        }
    }
}

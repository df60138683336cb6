package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A rule for what is known: somebody has looked at it, and until when that is enough.
 *
 * @param code absent where it is for all of them
 * @param pattern of refs; {@code *} stands for anything, {@code ?} for one character
 * @param until its last day, by UTC
 * @param line of the file it stands in
 */
public record Ignore(Optional<Code> code, String pattern, LocalDate until, String reason, int line) {
    public Ignore {
        requireNonNull(code, "code");
        requireNonNull(pattern, "pattern");
        requireNonNull(until, "until");
        requireNonNull(reason, "reason");
    }

    boolean isFor(Finding finding) {
        return code.filter(wanted -> wanted != finding.code()).isEmpty();
    }

    /** Without regular expressions, which a pattern could send on an endless search. */
    boolean matches(String ref) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < ref.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == ref.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    String label() {
        return code.map(Code::label).orElse("*") + " " + pattern;
    }
}

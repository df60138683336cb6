package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which program must be attached now, as the operator believes. */
public sealed interface Expectation {
    String text();

    boolean isMetBy(Program program);

    record OfProgram(int id) implements Expectation {
        @Override
        public String text() {
            return ObjectId.prog(id).toString();
        }

        @Override
        public boolean isMetBy(Program program) {
            return program.id() == id;
        }
    }

    /** The beginning of a tag; one program's tag differs between kernels. */
    record OfTag(String digits) implements Expectation {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{8,16}");

        public OfTag {
            requireNonNull(digits, "digits");
        }

        @Override
        public String text() {
            return "tag:" + digits;
        }

        @Override
        public boolean isMetBy(Program program) {
            return program.tag().startsWith(digits);
        }
    }

    /** {@code prog:ID} or {@code tag:T} of 8 digits or more. Fails with {@link NotUnderstoodException}. */
    static Expectation parse(String text) {
        if (text.startsWith("prog:")) {
            return new OfProgram(Candidate.Words.id(text.substring(5), "expected '" + text + "'"));
        }
        String digits = text.startsWith("tag:") ? text.substring(4).toLowerCase(Locale.ROOT) : "";
        if (!OfTag.FORM.matcher(digits).matches()) {
            throw new NotUnderstoodException(
                    "expected '" + text + "' is none: write prog:ID, or tag: and 8 to 16 hexadecimal digits");
        }
        return new OfTag(digits);
    }
}

package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.model.ObjectId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is to be put in the place of a program. */
public sealed interface Candidate {
    /** As it is written: {@code prog:4027}, {@code pin:/sys/fs/bpf/fw/xdp_v2}, {@code obj:fw.o:xdp_fw}. */
    String text();

    /** A loaded program. */
    record OfProgram(int id) implements Candidate {
        @Override
        public String text() {
            return ObjectId.prog(id).toString();
        }
    }

    /** The program that a pin names. */
    record OfPin(Path path) implements Candidate {
        public OfPin {
            requireNonNull(path, "path");
        }

        @Override
        public String text() {
            return "pin:" + path;
        }
    }

    /**
     * A program of an object file, yet to be loaded.
     *
     * @param program the name of its function; may be left out where the file has one only
     */
    record OfObject(Path file, Optional<String> program) implements Candidate {
        public OfObject {
            requireNonNull(file, "file");
            requireNonNull(program, "program");
        }

        @Override
        public String text() {
            return "obj:" + file + program.map(name -> ":" + name).orElse("");
        }
    }

    /** Fails with {@link NotUnderstoodException}. */
    static Candidate parse(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        if (colon > 0 && rest.isEmpty()) {
            throw new NotUnderstoodException("candidate '" + text + "' names nothing after the colon");
        }
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "prog" -> new OfProgram(Words.id(rest, "candidate '" + text + "'"));
            case "pin" -> new OfPin(Words.path(rest));
            case "obj" -> object(rest);
            default ->
                throw new NotUnderstoodException(
                        "candidate '" + text + "' is none: write prog:ID, pin:PATH or obj:FILE[:PROGRAM]");
        };
    }

    /** A program's name is a C identifier, so a file's own colon is told from the one before the name. */
    private static Candidate object(String rest) {
        int colon = rest.lastIndexOf(':');
        if (colon > 0 && Words.IDENTIFIER.matcher(rest.substring(colon + 1)).matches()) {
            return new OfObject(Words.path(rest.substring(0, colon)), Optional.of(rest.substring(colon + 1)));
        }
        return new OfObject(Words.path(rest), Optional.empty());
    }

    /** The small words of the grammar. */
    final class Words {
        static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

        private Words() {}

        static int id(String digits, String where) {
            if (NUMBER.matcher(digits).matches()) {
                long id = Long.parseLong(digits);
                if (id > 0 && id <= 0xffffffffL) {
                    return (int) id;
                }
            }
            throw new NotUnderstoodException(where + ": '" + digits + "' is no program id");
        }

        static Path path(String text) {
            try {
                return Path.of(text);
            } catch (java.nio.file.InvalidPathException e) {
                throw new NotUnderstoodException("'" + text + "' is no path: " + e.getReason());
            }
        }
    }
}

package bpfbay.history;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * One thing that is another in the second of two pictures, in words without ids: two hosts never share any.
 *
 * @param scope what it belongs to: an interface with its namespace, a cgroup; empty for the whole host
 * @param ref of the attachment, as the later picture names it where both do; or the path of a pin
 * @param before one a line; empty where there is nothing
 */
public record Difference(String scope, String ref, What what, List<String> before, List<String> after) {
    /** In what they differ. */
    public enum What {
        /** It is in one of the two alone. */
        ATTACHED,
        /** Another program, by its name. */
        PROGRAM,
        /** The same name, another build. */
        BUILD,
        /** The same programs of a chain run in another order. */
        ORDER,
        /** How it is attached: XDP mode, flags, by link or without. */
        MODE,
        OWNERS,
        PINS;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happened between the two, where one word says it; else in what they differ. */
    public String word() {
        return switch (what) {
            case ATTACHED -> before.isEmpty() ? "attached" : after.isEmpty() ? "detached" : "moved";
            case PINS -> gone().isEmpty() ? "pinned" : come().isEmpty() ? "unpinned" : what.label();
            case PROGRAM, BUILD, ORDER, MODE, OWNERS -> what.label();
        };
    }

    /** Of what was, the lines that differ: one of several pins or owners may have stayed. */
    public List<String> gone() {
        return isOfSets() ? without(before, after) : before;
    }

    /** Of what is, the lines that differ. */
    public List<String> come() {
        return isOfSets() ? without(after, before) : after;
    }

    private boolean isOfSets() {
        return what == What.OWNERS || what == What.PINS;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    public Difference {
        requireNonNull(scope, "scope");
        requireNonNull(ref, "ref");
        requireNonNull(what, "what");
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}

package bpfbay.tui.table;

import java.util.Arrays;
import java.util.Optional;

/** The lists of the host, in the order of their keys. */
public enum View {
    ATTACHMENTS("attachments", "attach", "attachment"),
    PROGRAMS("programs", "progs", "program"),
    LINKS("links", "links", "link"),
    MAPS("maps", "maps", "map"),
    PINS("pins", "pins", "pin"),
    CGROUPS("cgroups", "cgroups", "cgroup attachment");

    private final String word;
    private final String brief;
    private final String one;

    View(String word, String brief, String one) {
        this.word = word;
        this.brief = brief;
        this.one = one;
    }

    /** As it is said on the command line. */
    public String word() {
        return word;
    }

    /** As it stands in the footer. */
    public String brief() {
        return brief;
    }

    /** {@code 1 attachment}, {@code 14 attachments}. */
    public String counted(int count) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    public static Optional<View> byWord(String word) {
        return Arrays.stream(values()).filter(view -> view.word.equals(word)).findFirst();
    }
}

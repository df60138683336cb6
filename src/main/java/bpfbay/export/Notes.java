package bpfbay.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What could not be read of a document, to be said in a few lines. Not thread-safe. */
final class Notes {
    private static final int MOST = 8;
    private static final int MOST_NAMES = 12;

    private final Map<String, Integer> leftOut = new LinkedHashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> said = new ArrayList<>();

    void say(String line) {
        if (said.size() < MOST) {
            said.add(line);
        }
    }

    /** A word of a newer version, of which the element that has it is read without. */
    void word(Element element, String word) {
        unknown(element.label() + " '" + (word.length() > 40 ? word.substring(0, 40) + "…" : word) + "'");
    }

    /** An element that is left out, since one of its values is not understood. */
    void leftOut(String kind, String why) {
        if (leftOut.size() < MOST || leftOut.containsKey(kind + ": " + why)) {
            leftOut.merge(kind + ": " + why, 1, Integer::sum);
        }
    }

    /** Fields that a newer version has added. */
    void fields(Element element, Fields fields) {
        for (String name : fields.names()) {
            if (!element.knows(name)) {
                unknown(element.label() + "." + name);
            }
        }
    }

    void unknown(String name) {
        if (unknown.size() < MOST_NAMES) {
            unknown.add(name);
        }
    }

    /** One line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(said);
        leftOut.forEach((why, count) -> lines.add("left out " + count + " of " + why));
        if (!unknown.isEmpty()) {
            lines.add("not known here, and left out: " + String.join(", ", unknown));
        }
        return lines;
    }
}

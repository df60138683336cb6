package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of mountinfo.
 *
 * @param device {@code major:minor} of the file system
 * @param root what of the file system is mounted, such as {@code /} or {@code net:[4026532177]}
 * @param path where bpfbay can open it
 */
record Mount(String device, String root, String path, String type) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");

    /**
     * Those of the wanted types, a later one over an earlier one at the same place: {@code
     * proc_pid_mountinfo(5)}.
     *
     * @param prefix what leads to that mount namespace's root, empty for the own one
     */
    static List<Mount> parse(String mountinfo, String prefix, Set<String> types) {
        List<Mount> mounts = new ArrayList<>();
        /* not lines(): a carriage return is part of a name */
        for (String line : mountinfo.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            int dash = 6;
            while (dash < fields.length && !fields[dash].equals("-")) {
                dash++;
            }
            if (dash + 1 < fields.length && types.contains(fields[dash + 1])) {
                mounts.add(new Mount(fields[2], unescape(fields[3]), prefix + unescape(fields[4]), fields[dash + 1]));
            }
        }
        return List.copyOf(mounts);
    }

    /* blanks, tabs, newlines and backslashes stand as three octal digits */
    private static String unescape(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 8))));
    }
}

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
    /* optional fields stand in front of it */
    private static final String DASH = " - ";
    private static final int DEVICE = 2;
    private static final int ROOT = 3;
    private static final int PATH = 4;
    private static final int LEAST_FIELDS = 6;

    /**
     * Those of the wanted types, a later one over an earlier one at the same place: {@code
     * proc_pid_mountinfo(5)}.
     *
     * @param prefix what leads to that mount namespace's root, empty for the own one
     */
    static List<Mount> parse(String mountinfo, String prefix, Set<String> types) {
        List<Mount> mounts = new ArrayList<>();
        int end;
        for (int start = 0; start < mountinfo.length(); start = end + 1) {
            /* a carriage return is part of a name */
            end = indexOf(mountinfo, '\n', start, mountinfo.length());
            int dash = mountinfo.indexOf(DASH, start);
            if (dash < 0 || dash > end) {
                continue;
            }
            int from = dash + DASH.length();
            String type = mountinfo.substring(from, indexOf(mountinfo, ' ', from, end));
            /* most lines are of other types */
            if (types.contains(type)) {
                String[] fields = mountinfo.substring(start, dash).split(" ", -1);
                if (fields.length >= LEAST_FIELDS) {
                    mounts.add(
                            new Mount(fields[DEVICE], unescape(fields[ROOT]), prefix + unescape(fields[PATH]), type));
                }
            }
        }
        return List.copyOf(mounts);
    }

    /** {@code most} where it does not come before. */
    private static int indexOf(String text, char wanted, int from, int most) {
        int at = text.indexOf(wanted, from);
        return at < 0 ? most : Math.min(at, most);
    }

    private static String unescape(String field) {
        return field.indexOf('\\') < 0 ? field : Escape.undone(field);
    }

    /** Blanks, tabs, newlines and backslashes stand as three octal digits; few tables have any. */
    private static final class Escape {
        private static final Pattern PATTERN = Pattern.compile("\\\\([0-3][0-7]{2})");

        static String undone(String field) {
            return PATTERN.matcher(field)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 8))));
        }
    }
}

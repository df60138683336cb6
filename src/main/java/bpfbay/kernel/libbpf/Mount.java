package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
                if (fields.length > PATH) {
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

    /* blanks, tabs, newlines and backslashes stand as three octal digits */
    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < field.length()) {
            int escaped = escaped(field, at);
            text.append(escaped < 0 ? field.charAt(at) : (char) escaped);
            at += escaped < 0 ? 1 : 4;
        }
        return text.toString();
    }

    /* the character that stands there as four, or -1 */
    private static int escaped(String field, int at) {
        if (field.charAt(at) != '\\' || at + 4 > field.length()) {
            return -1;
        }
        int value = 0;
        for (char digit : field.substring(at + 1, at + 4).toCharArray()) {
            if (digit < '0' || digit > '7') {
                return -1;
            }
            value = 8 * value + digit - '0';
        }
        return value < 0x100 ? value : -1;
    }
}

package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mount of the unified hierarchy.
 *
 * @param point where it is mounted
 * @param root the cgroup it begins at, as our cgroup namespace sees it; empty at the top
 */
record CgroupMount(String point, String root) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");

    /** Those of a mountinfo file, the ones that show most first: {@code proc_pid_mountinfo(5)}. */
    static List<CgroupMount> parse(String mountinfo) {
        List<CgroupMount> mounts = new ArrayList<>();
        /* not lines(): a carriage return is part of a name */
        for (String line : mountinfo.split("\n", -1)) {
            List<String> fields = List.of(line.split(" ", -1));
            int dash = fields.indexOf("-");
            if (dash > 5 && dash + 1 < fields.size() && fields.get(dash + 1).equals("cgroup2")) {
                String root = unescape(fields.get(3));
                mounts.add(new CgroupMount(unescape(fields.get(4)), root.equals("/") ? "" : root));
            }
        }
        mounts.sort(Comparator.comparing((CgroupMount mount) -> mount.root.length()));
        return mounts;
    }

    /** The path of a cgroup in the hierarchy; {@code below} is its path from the mount, empty for the mount. */
    String pathOf(String below) {
        return below.isEmpty() ? (root.isEmpty() ? "/" : root) : root + "/" + below;
    }

    /* blanks, tabs, newlines and backslashes stand as three octal digits */
    private static String unescape(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 8))));
    }
}

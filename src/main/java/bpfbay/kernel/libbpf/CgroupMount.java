package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A mount of the unified hierarchy.
 *
 * @param point where it is mounted
 * @param root the cgroup it begins at, as our cgroup namespace sees it; empty at the top
 */
record CgroupMount(String point, String root) {
    /** Those of a mountinfo file, the ones that show most first: {@code proc_pid_mountinfo(5)}. */
    static List<CgroupMount> parse(String mountinfo) {
        List<CgroupMount> mounts = new ArrayList<>();
        mountinfo.lines().forEach(line -> {
            String[] fields = line.split(" ");
            int dash = List.of(fields).indexOf("-");
            if (dash > 5 && dash + 1 < fields.length && fields[dash + 1].equals("cgroup2")) {
                String root = unescape(fields[3]);
                mounts.add(new CgroupMount(unescape(fields[4]), root.equals("/") ? "" : root));
            }
        });
        mounts.sort(Comparator.comparing((CgroupMount mount) -> mount.root.length()));
        return mounts;
    }

    /** The path of a cgroup in the hierarchy; {@code below} is its path from the mount, empty for the mount. */
    String pathOf(String below) {
        return below.isEmpty() ? (root.isEmpty() ? "/" : root) : root + "/" + below;
    }

    /* blanks, tabs, newlines and backslashes stand as three octal digits */
    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                out.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

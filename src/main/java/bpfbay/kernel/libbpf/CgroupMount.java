package bpfbay.kernel.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A mount of the unified hierarchy.
 *
 * @param point where it is mounted
 * @param root the cgroup it begins at, as our cgroup namespace sees it; empty at the top
 */
record CgroupMount(String point, String root) {
    /** Those of a mountinfo file, the ones that show most first. */
    static List<CgroupMount> parse(String mountinfo) {
        List<CgroupMount> mounts = new ArrayList<>();
        for (Mount mount : Mount.parse(mountinfo, "", Set.of("cgroup2"))) {
            mounts.add(new CgroupMount(mount.path(), mount.root().equals("/") ? "" : mount.root()));
        }
        mounts.sort((a, b) -> Integer.compare(a.root.length(), b.root.length()));
        return mounts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CgroupMount that && that.point.equals(point) && that.root.equals(root);
    }

    @Override
    public int hashCode() {
        return 31 * point.hashCode() + root.hashCode();
    }

    /** The path of a cgroup in the hierarchy; {@code below} is its path from the mount, empty for the mount. */
    String pathOf(String below) {
        return below.isEmpty() ? (root.isEmpty() ? "/" : root) : root + "/" + below;
    }
}

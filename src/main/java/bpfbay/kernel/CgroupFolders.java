package bpfbay.kernel;

import java.util.Optional;

/** Where the unified hierarchy of cgroups can be reached. */
public interface CgroupFolders {
    /** The folder by which this process can open a cgroup of that path; empty where it is not below any mount. */
    Optional<String> folder(String cgroupPath);
}

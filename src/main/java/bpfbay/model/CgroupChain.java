package bpfbay.model;

import java.util.List;

/**
 * The programs attached to one cgroup at one attach type, in running order. Source: BPF_PROG_QUERY.
 *
 * @param cgroupId inode of the cgroup's directory
 * @param path from the root of the unified hierarchy, starting with a slash
 * @param flags of the hook as a whole, BPF_F_ALLOW_*; an entry may add its own (preorder)
 * @param revision since 6.17, else the reason
 */
public record CgroupChain(
        long cgroupId, String path, AttachType attachType, int flags, Reading<Long> revision, List<Entry> entries) {
    /** One program of the chain and its attach flags. */
    public record Entry(int progId, int flags) {}

    public CgroupChain {
        entries = List.copyOf(entries);
    }
}

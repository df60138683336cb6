package bpfbay.model;

import java.util.List;
import java.util.Map;

/**
 * The unified hierarchy as far as BPF is concerned.
 *
 * @param chains those that hold a program, by path and attach type
 * @param paths path by cgroup id of every cgroup seen
 */
public record CgroupView(List<CgroupChain> chains, Map<Long, String> paths, List<Problem> problems) {
    public CgroupView {
        chains = List.copyOf(chains);
        paths = Map.copyOf(paths);
        problems = List.copyOf(problems);
    }
}

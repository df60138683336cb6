package bpfbay.kernel.libbpf;

import bpfbay.model.ProgType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Which attach types of a cgroup a program of a type can have: {@code libbpf.c}, section_defs. */
final class CgroupTypes {
    private static final Map<ProgType, List<Integer>> ATTACH_TYPES = Map.of(
            ProgType.CGROUP_SKB, List.of(0, 1),
            ProgType.CGROUP_SOCK, List.of(2, 12, 13, 34),
            ProgType.SOCK_OPS, List.of(3),
            ProgType.CGROUP_DEVICE, List.of(6),
            ProgType.CGROUP_SOCK_ADDR, List.of(8, 9, 10, 11, 14, 15, 19, 20, 29, 30, 31, 32, 49, 50, 51, 52, 53),
            ProgType.CGROUP_SYSCTL, List.of(18),
            ProgType.CGROUP_SOCKOPT, List.of(21, 22),
            ProgType.LSM, List.of(43));

    private CgroupTypes() {}

    /** Ascending. */
    static int[] attachTypes(Set<Integer> programTypes) {
        List<Integer> types = new ArrayList<>();
        ATTACH_TYPES.forEach((programType, attachTypes) -> {
            if (programTypes.contains(programType.value())) {
                types.addAll(attachTypes);
            }
        });
        int[] ascending = new int[types.size()];
        for (int i = 0; i < ascending.length; i++) {
            ascending[i] = types.get(i);
        }
        Arrays.sort(ascending);
        return ascending;
    }

    static int[] without(int[] attachTypes, Set<Integer> excluded) {
        return excluded.isEmpty()
                ? attachTypes
                : Arrays.stream(attachTypes)
                        .filter(type -> !excluded.contains(type))
                        .toArray();
    }

    /** Every attach type that a cgroup has. */
    static IntStream all() {
        return ATTACH_TYPES.values().stream().flatMap(List::stream).mapToInt(Integer::intValue);
    }
}

package bpfbay.kernel.libbpf;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What /proc/PID/cgroup says of a process. Unit and container come from the first hierarchy that names
 * one, the unified one before the others: a host may run both.
 *
 * @param unified the path in the unified hierarchy
 */
record CgroupFile(Optional<String> unified, Optional<String> unit, Optional<String> container) {
    private static final Pattern UNIT = Pattern.compile("([^/]+\\.(?:service|scope|socket|mount|swap))(?=/|$)");
    private static final Pattern SLICE = Pattern.compile("([^/]+\\.slice)(?=/|$)");
    /* docker, containerd, cri-o and podman name a cgroup by the 64 digits, with a prefix and .scope under
     * systemd; the conmon beside a container is named like it and is not in it */
    private static final Pattern CONTAINER =
            Pattern.compile("(?:^|/)(?!(?:crio|libpod)-conmon-)(?:[a-z-]+-|[^/]*:)?([0-9a-f]{64})(?:\\.scope)?(?=/|$)");
    private static final Pattern LXC = Pattern.compile("(?:^|/)lxc\\.payload\\.([^/]+)(?=/|$)");

    static CgroupFile parse(String text) {
        List<String> lines = text.lines().filter(line -> line.indexOf(':') > 0).toList();
        Optional<String> unified = lines.stream()
                .filter(line -> line.startsWith("0::"))
                .map(line -> line.substring(3))
                .findFirst();
        List<String> others = lines.stream()
                .filter(line -> !line.startsWith("0::"))
                .map(line -> line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1))
                .toList();
        return new CgroupFile(
                unified,
                first(UNIT, unified, others).or(() -> first(SLICE, unified, others)),
                first(CONTAINER, unified, others).or(() -> first(LXC, unified, others)));
    }

    private static Optional<String> first(Pattern pattern, Optional<String> unified, List<String> others) {
        return unified.flatMap(path -> deepest(pattern, path)).or(() -> others.stream()
                .flatMap(path -> deepest(pattern, path).stream())
                .findFirst());
    }

    private static Optional<String> deepest(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        Optional<String> found = Optional.empty();
        while (matcher.find()) {
            found = Optional.of(matcher.group(1));
        }
        return found;
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.CgroupView;
import bpfbay.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The unified hierarchy. Until a program is loaded that a cgroup could hold, it is not walked; once it was, it
 * is, so that what went with its cgroup can be told from what is gone from one.
 */
final class CgroupSource {
    private static final CgroupView NOTHING = new CgroupView(List.of(), Map.of(), List.of());

    /* PROC_CGROUP_INIT_INO */
    private static final String FIRST_NAMESPACE = "cgroup:[4026531835]";

    private final RawFile mountinfo = new RawFile();
    private final NativeBuffer buffer = new NativeBuffer(1 << 20);
    private final Kept<CgroupDecoder.Decoded> kept = new Kept<>(CgroupDecoder.Decoded.NONE);
    private final Set<Integer> unknownTypes = new HashSet<>();
    private CgroupMount keptOf = new CgroupMount("", "");
    private CgroupView missing = NOTHING;
    private boolean wasWalked;

    CgroupView cgroups(Set<Integer> programTypes) {
        int[] types = CgroupTypes.without(CgroupTypes.attachTypes(programTypes), unknownTypes);
        if (types.length == 0 && !wasWalked) {
            return NOTHING;
        }
        wasWalked = true;
        int errno = Errno.ENOENT;
        for (CgroupMount mount : mounts()) {
            int length = walk(mount, types);
            if (length >= 0) {
                return decode(mount, length);
            }
            errno = -length;
        }
        return missing(errno);
    }

    private int walk(CgroupMount mount, int[] types) {
        byte[] path = RawPath.encode(mount.point());
        return Filling.into(
                buffer,
                (address, capacity) -> CgroupShim.shim_cgroup_walk(path, types, types.length, address, capacity));
    }

    private CgroupView decode(CgroupMount mount, int length) {
        if (!mount.equals(keptOf)) {
            keptOf = mount;
            kept.forget();
        }
        CgroupDecoder.Decoded decoded =
                kept.of(buffer.slice(length), () -> CgroupDecoder.decode(buffer.slice(length), mount, partial()));
        unknownTypes.addAll(decoded.unknownTypes());
        return decoded.view();
    }

    private List<CgroupMount> mounts() {
        return CgroupMount.parse(mountinfo.text("/proc/thread-self/mountinfo"));
    }

    /* from inside a cgroup namespace the hierarchy seems to begin at its root */
    private static List<Problem> partial() {
        try {
            String namespace = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/cgroup"))
                    .toString();
            return namespace.equals(FIRST_NAMESPACE)
                    ? List.of()
                    : List.of(new Problem(
                            "walk",
                            "cgroup2",
                            0,
                            "in a cgroup namespace: paths begin at its root, what is above it is not shown"));
        } catch (IOException noProc) {
            return List.of();
        }
    }

    /* ENOTDIR: something else is mounted over it */
    private CgroupView missing(int errno) {
        Problem problem = new Problem(
                "open",
                "cgroup2",
                errno,
                errno == Errno.ENOENT || errno == Errno.ENOTDIR
                        ? "no cgroup2 file system is mounted here: programs of cgroups are not shown"
                        : "programs of cgroups are not shown");
        if (!missing.problems().equals(List.of(problem))) {
            missing = new CgroupView(List.of(), Map.of(), List.of(problem));
        }
        return missing;
    }
}

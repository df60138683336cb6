package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.AttachType;
import bpfbay.model.CgroupChain;
import bpfbay.model.CgroupView;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the walk of {@code shim_cgroup.c} wrote: {@code struct shim_cgroup} and {@code struct shim_chain}. */
final class CgroupDecoder {
    static final int CGROUP_BYTES = 24;
    static final int CHAIN_BYTES = 40;

    private static final int ENTRY_CGROUP = 1;
    private static final int ENTRY_CHAIN = 2;

    private final ByteBuffer bytes;
    private final CgroupMount mount;
    private final Map<Long, String> paths = new HashMap<>();
    private final List<CgroupChain> chains = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Integer> unknownTypes = new HashSet<>();

    private CgroupDecoder(ByteBuffer bytes, CgroupMount mount) {
        this.bytes = bytes;
        this.mount = mount;
    }

    /** @param unknownTypes attach types that this kernel does not have */
    record Decoded(CgroupView view, Set<Integer> unknownTypes) {
        static final Decoded NONE = new Decoded(new CgroupView(List.of(), Map.of(), List.of()), Set.of());
    }

    /**
     * @param bytes in the host's byte order
     * @param known problems that stand already
     */
    static Decoded decode(ByteBuffer bytes, CgroupMount mount, List<Problem> known) {
        CgroupDecoder decoder = new CgroupDecoder(bytes, mount);
        decoder.problems.addAll(known);
        int end = bytes.limit();
        for (int at = 0; end - at >= CGROUP_BYTES; ) {
            int size = bytes.getInt(at);
            if (size < CGROUP_BYTES || size > end - at) {
                break;
            }
            switch (bytes.getInt(at + 4)) {
                case ENTRY_CGROUP -> decoder.cgroup(at);
                case ENTRY_CHAIN -> decoder.chain(at);
                default -> {}
            }
            at += size;
        }
        decoder.chains.sort(CgroupDecoder::compare);
        return new Decoded(
                new CgroupView(decoder.chains, decoder.paths, decoder.problems), Set.copyOf(decoder.unknownTypes));
    }

    private static int compare(CgroupChain a, CgroupChain b) {
        int byPath = a.path().compareTo(b.path());
        return byPath == 0
                ? Integer.compare(a.attachType().value(), b.attachType().value())
                : byPath;
    }

    private void cgroup(int at) {
        int errno = -bytes.getInt(at + 16);
        byte[] raw = new byte[bytes.getInt(at + 20)];
        bytes.get(at + CGROUP_BYTES, raw);
        String path = mount.pathOf(RawText.decode(raw));
        if (errno == Errno.ENOENT || errno == Errno.ENODEV) {
            return; /* removed meanwhile */
        }
        paths.put(bytes.getLong(at + 8), path);
        if (errno != 0) {
            problems.add(
                    new Problem("openat", "cgroup:" + path, errno, "programs of this cgroup and below are not shown"));
        }
    }

    /* a chain stands behind its cgroup */
    private void chain(int at) {
        long cgroupId = bytes.getLong(at + 8);
        AttachType attachType = new AttachType(bytes.getInt(at + 24));
        int errno = -bytes.getInt(at + 32);
        String path = paths.getOrDefault(cgroupId, "");
        if (errno == Errno.EINVAL) {
            unknownTypes.add(attachType.value());
        } else if (errno == Errno.EPERM) {
            NetworkProblems.once(
                    problems,
                    new Problem("BPF_PROG_QUERY", "cgroup:" + mount.pathOf(""), errno, "needs CAP_NET_ADMIN"));
        } else if (errno == Errno.ENODEV || errno == Errno.ENOENT) {
            paths.remove(cgroupId);
        } else if (errno != 0) {
            problems.add(new Problem(
                    "BPF_PROG_QUERY",
                    "cgroup:" + path + " " + attachType.label(),
                    errno,
                    "the programs of this hook are not shown"));
        } else {
            chains.add(new CgroupChain(
                    cgroupId,
                    path,
                    attachType,
                    bytes.getInt(at + 28),
                    revision(bytes.getLong(at + 16), attachType),
                    entries(at + CHAIN_BYTES, bytes.getInt(at + 36))));
        }
    }

    /* a revision begins at 1 */
    private static Reading<Long> revision(long value, AttachType attachType) {
        if (value != 0) {
            return Reading.of(value);
        }
        return attachType.equals(AttachType.LSM_CGROUP)
                ? new Reading.NotAsked<>("lsm_cgroup has none")
                : new Reading.Unsupported<>("Linux 6.17");
    }

    private List<CgroupChain.Entry> entries(int at, int count) {
        List<CgroupChain.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new CgroupChain.Entry(
                    bytes.getInt(at + i * Integer.BYTES), bytes.getInt(at + (count + i) * Integer.BYTES)));
        }
        return entries;
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.RunCounts;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Run counts of many programs in one call of the shim, and whether the kernel counts at all. */
final class RunCountSource {
    /** {@code struct shim_count_row}. */
    static final int ROW_BYTES = 24;

    private static final String SYSCTL = "/proc/sys/kernel/bpf_stats_enabled";
    private static final int BPF_STATS_RUN_TIME = 0;

    private final NativeBuffer ids = new NativeBuffer(4096);
    private final NativeBuffer rows = new NativeBuffer(8192);
    private final RawFile sysctl = new RawFile();

    /** By program id; those that are gone are left out. */
    Map<Integer, RunCounts> read(Collection<Integer> progIds) {
        ids.reserve(4 * progIds.size());
        rows.reserve(ROW_BYTES * progIds.size());
        int count = 0;
        for (int id : progIds) {
            ids.view().putInt(4 * count++, id);
        }
        int wanted = count;
        int filled = Filling.into(
                rows, (address, capacity) -> ObjectShim.shim_prog_counts(ids.address(), wanted, address, capacity));
        if (filled < 0) {
            throw FdById.refused("BPF_PROG_GET_FD_BY_ID", "run counts", -filled);
        }
        return decode(rows.view(), filled / ROW_BYTES);
    }

    private static Map<Integer, RunCounts> decode(ByteBuffer rows, int count) {
        Map<Integer, RunCounts> counts = new HashMap<>(2 * count);
        for (int at = 0; at < count * ROW_BYTES; at += ROW_BYTES) {
            counts.put(rows.getInt(at), new RunCounts(rows.getLong(at + 8), rows.getLong(at + 16)));
        }
        return counts;
    }

    /**
     * Whether {@code kernel.bpf_stats_enabled} is on. False on kernels that have no such switch (before 5.1): they do not
     * count either.
     */
    boolean isOnBySysctl() {
        ByteBuffer digit = sysctl.read(SYSCTL);
        return digit.hasRemaining() && digit.get(0) != '0';
    }

    /** BPF_ENABLE_STATS; the kernel itself stops when the descriptor is closed. */
    static Fd enable() {
        try (BpfCall call = new BpfCall()) {
            int fd = call.u32(0, BPF_STATS_RUN_TIME).run(BpfCall.ENABLE_STATS);
            if (fd >= 0) {
                return new OpenFd(fd);
            }
            throw notEnabled(-fd);
        }
    }

    static KernelException notEnabled(int errno) {
        return switch (errno) {
            case Errno.EPERM -> new KernelException.Denied(problem(errno, "needs CAP_SYS_ADMIN"));
            case Errno.EINVAL -> new KernelException.Unsupported(problem(errno, "needs Linux 5.8"));
            default -> new KernelException(problem(errno, ""));
        };
    }

    private static Problem problem(int errno, String hint) {
        return new Problem("BPF_ENABLE_STATS", "run counts", errno, hint);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;

/**
 * Why a process cannot be looked into: mostly for want of CAP_SYS_PTRACE, but hardened kernels hide some
 * even from those who have it.
 */
final class ProcAccess {
    private static final int CAP_SYS_PTRACE = 19;
    private static final String CAP_EFF = "\nCapEff:\t";

    private ProcAccess() {}

    /** Whether nothing is missing on our side. */
    static boolean isPrivileged() {
        return isPrivileged(new RawFile().read("/proc/thread-self/status"));
    }

    static boolean isPrivileged(ByteBuffer status) {
        byte[] bytes = new byte[status.limit()];
        status.get(0, bytes);
        String text = RawText.decode(bytes);
        int at = text.indexOf(CAP_EFF);
        int end = text.indexOf('\n', at + CAP_EFF.length());
        return at >= 0
                && end >= 0
                && (Long.parseUnsignedLong(text, at + CAP_EFF.length(), end, 16) >>> CAP_SYS_PTRACE & 1) != 0;
    }

    /** @param missed what is not seen for that */
    static Problem problem(String operation, String file, int processes, String missed) {
        String hint = isPrivileged() ? "hidden even from CAP_SYS_PTRACE" : "needs CAP_SYS_PTRACE";
        return new Problem(
                operation,
                file + " of " + processes + (processes == 1 ? " process" : " processes"),
                Errno.EACCES,
                hint + ": " + missed);
    }
}

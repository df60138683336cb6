package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;

/** Walks ids by BPF_*_GET_NEXT_ID: works on every kernel and loads nothing. */
final class IdWalk implements ObjectWalk {
    @Override
    public void programs(Rows rows) {
        walk(rows, "BPF_PROG_GET_NEXT_ID", "programs", "4.13", ObjectShim::shim_prog_rows);
    }

    @Override
    public void links(Rows rows) {
        walk(rows, "BPF_LINK_GET_NEXT_ID", "links", "5.8", ObjectShim::shim_link_rows);
    }

    @Override
    public void maps(Rows rows) {
        walk(rows, "BPF_MAP_GET_NEXT_ID", "maps", "4.13", ObjectShim::shim_map_rows);
    }

    @Override
    public Knowledge knowledge() {
        return Knowledge.IDS;
    }

    @Override
    public void close() {}

    private static void walk(Rows rows, String operation, String object, String since, Filling call) {
        int filled = Filling.into(rows.next(), call);
        if (filled < 0) {
            throw refused(operation, object, since, -filled);
        }
        rows.filled(filled);
    }

    static KernelException refused(String operation, String object, String since, int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                new KernelException.Denied(new Problem(operation, object, errno, "needs CAP_SYS_ADMIN"));
            case Errno.EINVAL ->
                new KernelException.Unsupported(new Problem(operation, object, errno, "needs Linux " + since));
            default -> new KernelException(new Problem(operation, object, errno, ""));
        };
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;

/** Walks ids by BPF_*_GET_NEXT_ID: works on every kernel and loads nothing. */
final class IdWalk implements ObjectWalk {
    @Override
    public void programs(Rows rows) {
        walk(rows, ObjectId.Kind.PROG, ObjectShim::shim_prog_rows);
    }

    @Override
    public void links(Rows rows) {
        walk(rows, ObjectId.Kind.LINK, ObjectShim::shim_link_rows);
    }

    @Override
    public void maps(Rows rows) {
        walk(rows, ObjectId.Kind.MAP, ObjectShim::shim_map_rows);
    }

    @Override
    public Knowledge knowledge() {
        return Knowledge.IDS;
    }

    @Override
    public void close() {}

    private static void walk(Rows rows, ObjectId.Kind kind, Filling call) {
        int filled = Filling.into(rows.next(), call);
        if (filled < 0) {
            throw refused(kind, -filled);
        }
        rows.filled(filled);
    }

    static KernelException refused(ObjectId.Kind kind, int errno) {
        return switch (kind) {
            case PROG -> refused("BPF_PROG_GET_NEXT_ID", "programs", "4.13", errno);
            case LINK -> refused("BPF_LINK_GET_NEXT_ID", "links", "5.8", errno);
            case MAP -> refused("BPF_MAP_GET_NEXT_ID", "maps", "4.13", errno);
        };
    }

    private static KernelException refused(String operation, String object, String since, int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                new KernelException.Denied(new Problem(operation, object, errno, "needs CAP_SYS_ADMIN"));
            case Errno.EINVAL ->
                new KernelException.Unsupported(new Problem(operation, object, errno, "needs Linux " + since));
            default -> new KernelException(new Problem(operation, object, errno, ""));
        };
    }
}

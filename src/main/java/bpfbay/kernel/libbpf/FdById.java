package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;

/** Opens single objects named by id: Gone when there is none, Denied without CAP_SYS_ADMIN. */
final class FdById {
    private static final int BPF_F_RDONLY = 1 << 3;

    private final BpfCall call = new BpfCall();

    Fd program(int id) {
        return open(BpfCall.PROG_GET_FD_BY_ID, "BPF_PROG_GET_FD_BY_ID", "prog", id, 0);
    }

    /** For reading alone. */
    Fd map(int id) {
        return open(BpfCall.MAP_GET_FD_BY_ID, "BPF_MAP_GET_FD_BY_ID", "map", id, BPF_F_RDONLY);
    }

    /** For reading and writing, as a program's loader wants it. */
    Fd wholeMap(int id) {
        return open(BpfCall.MAP_GET_FD_BY_ID, "BPF_MAP_GET_FD_BY_ID", "map", id, 0);
    }

    Fd btf(int id) {
        return open(BpfCall.BTF_GET_FD_BY_ID, "BPF_BTF_GET_FD_BY_ID", "btf", id, 0);
    }

    private Fd open(int command, String operation, String kind, int id, int flags) {
        int fd = call.u32(0, id).u32(8, flags).run(command);
        if (fd >= 0) {
            return new OpenFd(fd);
        }
        throw refused(operation, kind + ":" + Integer.toUnsignedString(id), -fd);
    }

    /** What the errno of opening an object by its id means. */
    static KernelException refused(String operation, String object, int errno) {
        return switch (errno) {
            case Errno.ENOENT -> new KernelException.Gone(new Problem(operation, object, errno, "it is gone"));
            case Errno.EPERM ->
                new KernelException.Denied(new Problem(operation, object, errno, "needs CAP_SYS_ADMIN"));
            default -> new KernelException(new Problem(operation, object, errno, ""));
        };
    }
}

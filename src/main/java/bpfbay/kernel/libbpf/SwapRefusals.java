package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.model.Problem;

/**
 * What an errno of replacing means, kind by kind. native/swap_*.c has already told the lost comparison
 * (ESTALE), a link that holds the place (EBUSY) and a place that is gone from all else.
 */
final class SwapRefusals {
    private SwapRefusals() {}

    /** @param words the kernel's own, or what became of somebody else's change; may be empty */
    static KernelException replacing(Primitive primitive, String place, int errno, String words) {
        String operation = call(primitive);
        return switch (errno) {
            case Errno.ESTALE ->
                new KernelException.Conflict(
                        problem(operation, place, errno, or(words, "another program stands there now")));
            case Errno.EBUSY ->
                new KernelException.Held(problem(operation, place, errno, or(words, "a link holds the place now")));
            default -> reading(primitive, operation, place, errno, words);
        };
    }

    static KernelException reading(Primitive primitive, String place, int errno) {
        return reading(primitive, query(primitive), place, errno, "");
    }

    private static KernelException reading(
            Primitive primitive, String operation, String place, int errno, String words) {
        return switch (errno) {
            case Errno.ENODEV, Errno.ENOLINK, Errno.ENOENT ->
                new KernelException.Gone(problem(operation, place, errno, or(words, gone(primitive))));
            case Errno.EPERM, Errno.EACCES ->
                new KernelException.Denied(problem(operation, place, errno, denied(primitive)));
            case Errno.EOPNOTSUPP -> unsupported(primitive, problem(operation, place, errno, words));
            case Errno.EXDEV ->
                new KernelException(problem(operation, place, errno, "the way back into the own namespace is barred"));
            default -> new KernelException(problem(operation, place, errno, or(words, reason(primitive, errno))));
        };
    }

    /* the one thing that a filter's place does not support is to be reached by its device once it is shared */
    private static KernelException unsupported(Primitive primitive, Problem problem) {
        return primitive == Primitive.FILTER ? new KernelException.Conflict(problem) : new KernelException(problem);
    }

    private static String call(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK, TCX_LINK, NETKIT_LINK, CGROUP_LINK -> "BPF_LINK_UPDATE";
            case XDP_NETLINK -> "RTM_SETLINK";
            case TCX_PROGRAM, NETKIT_PROGRAM, CGROUP_PROGRAM -> "BPF_PROG_ATTACH";
            case FILTER -> "RTM_NEWTFILTER";
        };
    }

    private static String query(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK, TCX_LINK, NETKIT_LINK, CGROUP_LINK -> "BPF_OBJ_GET_INFO_BY_FD";
            case XDP_NETLINK -> "RTM_GETLINK";
            case TCX_PROGRAM, NETKIT_PROGRAM, CGROUP_PROGRAM -> "BPF_PROG_QUERY";
            case FILTER -> "RTM_GETTFILTER";
        };
    }

    private static String gone(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK, TCX_LINK, NETKIT_LINK, CGROUP_LINK -> "the link, or what it was attached to, is gone";
            case XDP_NETLINK, TCX_PROGRAM, NETKIT_PROGRAM -> "the device is gone";
            case CGROUP_PROGRAM -> "the cgroup is gone";
            case FILTER -> "the filter is gone";
        };
    }

    private static String denied(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK, TCX_LINK, NETKIT_LINK, CGROUP_LINK -> "needs CAP_SYS_ADMIN";
            case XDP_NETLINK, TCX_PROGRAM, NETKIT_PROGRAM, CGROUP_PROGRAM, FILTER ->
                "needs CAP_NET_ADMIN, and CAP_SYS_ADMIN to enter another namespace";
        };
    }

    private static String reason(Primitive primitive, int errno) {
        return switch (errno) {
            case Errno.EINVAL -> unfit(primitive);
            case Errno.EEXIST -> "the program is already in this chain";
            case Errno.ERANGE -> "the driver refuses it: the MTU is too large for a program without frags";
            default -> "";
        };
    }

    private static String unfit(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK -> "the program is of another type or expected attach type";
            case CGROUP_PROGRAM -> "the program is of another type, or already in this list";
            default -> "the program is of another type";
        };
    }

    private static String or(String words, String otherwise) {
        return words.isEmpty() ? otherwise : words;
    }

    private static Problem problem(String operation, String place, int errno, String hint) {
        return new Problem(operation, place, errno, hint);
    }
}

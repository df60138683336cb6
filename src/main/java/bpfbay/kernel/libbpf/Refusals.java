package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;

/** What the errno of attaching means, hook by hook as the kernel means it. */
final class Refusals {
    private Refusals() {}

    /** BPF_LINK_CREATE and BPF_PROG_ATTACH of a new program; nothing is replaced, so nothing was raced. */
    static KernelException attaching(String operation, String place, int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                new KernelException.Denied(problem(
                        operation,
                        place,
                        errno,
                        "needs CAP_NET_ADMIN, or the hook is taken by a program that shares it with nobody"));
            case Errno.EACCES -> new KernelException.Denied(problem(operation, place, errno, "needs CAP_NET_ADMIN"));
            case Errno.EBUSY -> new KernelException.Held(problem(operation, place, errno, "another program is there"));
            case Errno.EEXIST ->
                new KernelException.Conflict(
                        problem(operation, place, errno, "the program is there already, or one of another mode"));
            case Errno.ENODEV -> new KernelException.Gone(problem(operation, place, errno, "the device is gone"));
            case Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
                new KernelException.Unsupported(
                        problem(operation, place, errno, "the device or this kernel has no such hook"));
            case Errno.EINVAL ->
                new KernelException(
                        problem(operation, place, errno, "the program does not fit, or this kernel has no such hook"));
            default -> new KernelException(problem(operation, place, errno, ""));
        };
    }

    /** RTM_SETLINK, RTM_NEWQDISC and RTM_NEWTFILTER; the kernel's own words are the hint. */
    static KernelException netlink(String operation, String place, NetlinkSocket.Answer answer) {
        Problem problem = problem(operation, place, answer.errno(), answer.text());
        return switch (answer.errno()) {
            case Errno.EPERM ->
                new KernelException.Denied(problem(operation, place, answer.errno(), "needs CAP_NET_ADMIN"));
            case Errno.ENODEV -> new KernelException.Gone(problem);
            case Errno.EBUSY -> new KernelException.Held(problem);
            case Errno.EEXIST -> new KernelException.Conflict(problem);
            case Errno.EOPNOTSUPP -> new KernelException.Unsupported(problem);
            default -> new KernelException(problem);
        };
    }

    private static Problem problem(String operation, String place, int errno, String hint) {
        return new Problem(operation, place, errno, hint);
    }
}

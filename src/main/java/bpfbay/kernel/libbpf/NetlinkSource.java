package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;

/** Asks a network namespace from inside. Each answer is good until the next question. */
final class NetlinkSource {
    /* a list that keeps changing is taken as it is in the end */
    private static final int TRIES = 3;
    private static final int EXDEV = 18;

    /* what is not written costs no memory; asking again because it was too small would cost time */
    private final NativeBuffer buffer = new NativeBuffer(1 << 22);

    NetlinkDump dump(NetNamespace namespace, NetlinkRequests requests) {
        byte[] path = RawPath.encode(namespace.path());
        NetlinkDump dump = null;
        for (int tries = 0; dump == null || (dump.isInterrupted() && tries < TRIES); tries++) {
            int length = Filling.into(
                    buffer,
                    (address, capacity) -> NetlinkShim.shim_netlink_dump(
                            path, namespace.inode(), requests.bytes(), requests.size(), address, capacity));
            if (length < 0) {
                throw cannotEnter(namespace, -length);
            }
            dump = NetlinkDump.of(buffer.slice(length));
        }
        return dump;
    }

    static KernelException cannotEnter(NetNamespace namespace, int errno) {
        String object = objectOf(namespace);
        return switch (errno) {
            case EXDEV -> throw new IllegalStateException("setns: no way back to the own network namespace");
            case Errno.ENOENT, Errno.ESTALE ->
                new KernelException.Gone(new Problem("setns", object, errno, "the namespace is gone"));
            case Errno.EPERM -> new KernelException.Denied(new Problem("setns", object, errno, "needs CAP_SYS_ADMIN"));
            case Errno.EACCES ->
                new KernelException.Denied(new Problem("setns", object, errno, "needs CAP_SYS_PTRACE"));
            default -> new KernelException(new Problem("setns", object, errno, "nothing of it is shown"));
        };
    }

    static String objectOf(NetNamespace namespace) {
        return "netns:" + namespace.label();
    }
}

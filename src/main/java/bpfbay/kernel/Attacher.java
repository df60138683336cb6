package bpfbay.kernel;

import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.nio.file.Path;

/**
 * Puts programs on hooks of one network namespace, each only where nothing else stands in its place, unless
 * it says that it replaces. What
 * gives a link lives by it: close it and the hook is empty, unless it is pinned or held by somebody else.
 * One thread at a time.
 */
public interface Attacher extends AutoCloseable {
    /** Fails with Gone where the namespace has no device of that name. */
    Device device(String name);

    Fd xdpLink(Fd program, Device device, XdpMode mode);

    /** By netlink: it stays when every process is gone. */
    void xdp(Fd program, Device device, XdpMode mode);

    /** By netlink, in the place of whatever stands there by netlink, unguarded: as an agent does it. */
    void replaceXdp(Fd program, Device device, XdpMode mode);

    /** Adds the qdisc that filters of a device hang on; one that is there already is kept. */
    void clsact(Device device);

    /** Adds a direct-action cls_bpf filter. */
    void filter(Fd program, Filter filter);

    /** In the place of the filter with the same key, unguarded: as an agent does it. */
    void replaceFilter(Fd program, Filter filter);

    /**
     * Where a filter goes.
     *
     * @param protocol ETH_P_* in host order; 3 is all
     * @param name what tc prints
     */
    record Filter(Device device, TcParent parent, int chain, int priority, int protocol, int handle, String name) {}

    /** Last in the chain (since 6.6). */
    Fd tcxLink(Fd program, Device device, Direction direction);

    /** Last in the chain, and it stays when every process is gone (since 6.6). */
    void tcx(Fd program, Device device, Direction direction);

    /** netkit_primary or netkit_peer, both on the primary device (since 6.7). */
    Fd netkitLink(Fd program, Device device, AttachType attachType);

    Fd cgroupLink(Fd program, Path cgroup, AttachType attachType);

    /** With BPF_F_ALLOW_MULTI, last in the list; it stays when every process is gone. */
    void cgroup(Fd program, Path cgroup, AttachType attachType);

    /** Takes a program that was attached by {@link #cgroup} off again. */
    void leaveCgroup(Fd program, Path cgroup, AttachType attachType);

    /** flow_dissector or sk_lookup of the namespace. */
    Fd netnsLink(Fd program, AttachType attachType);

    /** Family is NFPROTO_*, hook NF_INET_* (since 6.4). */
    Fd netfilterLink(Fd program, int family, int hook, int priority);

    /** A program that names its target itself: fentry, fexit, freplace. */
    Fd tracingLink(Fd program);

    /** Gives a program, link or map a file on a bpffs; names must not hold a dot. */
    void pin(Fd object, Path path);

    @Override
    void close();
}

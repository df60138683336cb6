package bpfbay.kernel.libbpf;

import bpfbay.kernel.SshSessions;
import bpfbay.model.NetNamespace;
import java.util.List;

/** SSH connections by sock_diag, rtnetlink and /proc. */
public final class LibbpfSshSessions implements SshSessions {
    private final NetlinkSource netlink = new NetlinkSource();

    private LibbpfSshSessions() {}

    /** Fails with KernelException.Unsupported where the shim is missing. */
    public static LibbpfSshSessions open() {
        NativeCode.require();
        return new LibbpfSshSessions();
    }

    @Override
    public Survey survey(List<NetNamespace> namespaces) {
        return new SshSurvey(netlink, namespaces).survey();
    }
}

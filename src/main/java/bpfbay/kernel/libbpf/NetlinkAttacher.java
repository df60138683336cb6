package bpfbay.kernel.libbpf;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.model.Device;

/** What goes by rtnetlink: XDP without a link, and filters. */
final class NetlinkAttacher implements AutoCloseable {
    private static final int RTM_SETLINK = 19;
    private static final int RTM_NEWQDISC = 36;
    private static final int RTM_NEWTFILTER = 44;
    private static final int IFLA_XDP = 43;
    private static final int IFLA_XDP_FD = 1;
    private static final int IFLA_XDP_FLAGS = 3;
    private static final int XDP_FLAGS_UPDATE_IF_NOEXIST = 1;
    private static final int TC_H_CLSACT = 0xfffffff1;
    private static final int TCA_KIND = 1;
    private static final int TCA_OPTIONS = 2;
    private static final int TCA_CHAIN = 11;
    private static final int TCA_BPF_FD = 6;
    private static final int TCA_BPF_NAME = 7;
    private static final int TCA_BPF_FLAGS = 8;
    private static final int TCA_BPF_FLAG_ACT_DIRECT = 1;
    private static final int ADD = NetlinkRequest.NLM_F_CREATE | NetlinkRequest.NLM_F_EXCL;
    private static final int REPLACE = 0x100;

    private final NetlinkSocket socket = new NetlinkSocket();

    void xdp(Fd program, Device device, int modeFlag) {
        setXdp(program, device, modeFlag | XDP_FLAGS_UPDATE_IF_NOEXIST);
    }

    void replaceXdp(Fd program, Device device, int modeFlag) {
        setXdp(program, device, modeFlag);
    }

    private void setXdp(Fd program, Device device, int flags) {
        NetlinkRequest request = new NetlinkRequest(RTM_SETLINK, 0).device(device.ifindex());
        request.nest(IFLA_XDP, () -> request.u32(IFLA_XDP_FD, program.number()).u32(IFLA_XDP_FLAGS, flags));
        require(request, "RTM_SETLINK", device.name() + "/xdp");
    }

    void clsact(Device device) {
        NetlinkRequest request = new NetlinkRequest(RTM_NEWQDISC, ADD)
                .traffic(device.ifindex(), 0xffff0000, TC_H_CLSACT, 0)
                .text(TCA_KIND, "clsact");
        NetlinkSocket.Answer answer = socket.ask(request);
        if (answer.errno() != 0 && answer.errno() != Errno.EEXIST) {
            throw Refusals.netlink("RTM_NEWQDISC", device.name() + "/clsact", answer);
        }
    }

    void filter(Fd program, Attacher.Filter filter) {
        setFilter(program, filter, ADD);
    }

    void replaceFilter(Fd program, Attacher.Filter filter) {
        setFilter(program, filter, REPLACE);
    }

    private void setFilter(Fd program, Attacher.Filter filter, int flags) {
        int info = filter.priority() << 16 | Short.toUnsignedInt(Short.reverseBytes((short) filter.protocol()));
        NetlinkRequest request = new NetlinkRequest(RTM_NEWTFILTER, flags)
                .traffic(
                        filter.device().ifindex(),
                        filter.handle(),
                        filter.parent().handle(),
                        info)
                .text(TCA_KIND, "bpf");
        if (filter.chain() != 0) {
            request.u32(TCA_CHAIN, filter.chain());
        }
        request.nest(TCA_OPTIONS, () -> request.u32(TCA_BPF_FD, program.number())
                .text(TCA_BPF_NAME, filter.name())
                .u32(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT));
        require(request, "RTM_NEWTFILTER", place(filter));
    }

    private static String place(Attacher.Filter filter) {
        String direction = filter.parent()
                .direction()
                .map(found -> found.label())
                .orElse(filter.parent().label());
        return filter.device().name() + "/tc/" + direction + "/" + filter.priority() + ":0x"
                + Integer.toHexString(filter.handle());
    }

    private void require(NetlinkRequest request, String operation, String place) {
        NetlinkSocket.Answer answer = socket.ask(request);
        if (answer.errno() != 0) {
            throw Refusals.netlink(operation, place, answer);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

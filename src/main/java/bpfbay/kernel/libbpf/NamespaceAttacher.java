package bpfbay.kernel.libbpf;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Problem;
import bpfbay.model.XdpMode;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Attaches by bpf(2) and rtnetlink, on a thread inside the namespace. */
final class NamespaceAttacher implements Attacher {
    private static final int BPF_F_ALLOW_MULTI = 2;
    private static final int XDP_SKB_MODE = 2;
    private static final int XDP_DRV_MODE = 4;
    private static final int XDP_HW_MODE = 8;

    private final NamespaceThread thread;
    private final NetlinkAttacher netlink;
    private final long inode;

    private NamespaceAttacher(NamespaceThread thread, long inode) {
        this.thread = thread;
        this.netlink = thread.call(NetlinkAttacher::new);
        this.inode = inode;
    }

    static NamespaceAttacher in(Path namespace) {
        NamespaceThread thread = new NamespaceThread(namespace);
        try {
            return new NamespaceAttacher(thread, (long) Files.getAttribute(namespace, "unix:ino"));
        } catch (IOException gone) {
            thread.close();
            throw new KernelException.Gone(
                    new Problem("stat", namespace.toString(), Errno.ENOENT, "the namespace is gone"));
        }
    }

    @Override
    public Device device(String name) {
        int ifindex = thread.call(() -> LibcSockets.if_nametoindex(LibbpfLoader.cString(name)));
        if (ifindex == 0) {
            throw new KernelException.Gone(
                    new Problem("if_nametoindex", name, Errno.ENODEV, "the namespace has no such device"));
        }
        return new Device(inode, ifindex, name);
    }

    static int flag(XdpMode mode) {
        return switch (mode) {
            case NATIVE -> XDP_DRV_MODE;
            case GENERIC -> XDP_SKB_MODE;
            case OFFLOADED -> XDP_HW_MODE;
        };
    }

    @Override
    public Fd xdpLink(Fd program, Device device, XdpMode mode) {
        return link(program, device.ifindex(), AttachType.XDP, flag(mode), device.name() + "/xdp");
    }

    @Override
    public void xdp(Fd program, Device device, XdpMode mode) {
        netlink.xdp(program, device, flag(mode));
    }

    @Override
    public void replaceXdp(Fd program, Device device, XdpMode mode) {
        netlink.replaceXdp(program, device, flag(mode));
    }

    @Override
    public void clsact(Device device) {
        netlink.clsact(device);
    }

    @Override
    public void filter(Fd program, Filter filter) {
        netlink.filter(program, filter);
    }

    @Override
    public void replaceFilter(Fd program, Filter filter) {
        netlink.replaceFilter(program, filter);
    }

    @Override
    public Fd tcxLink(Fd program, Device device, Direction direction) {
        return link(program, device.ifindex(), tcxType(direction), 0, tcxName(device, direction));
    }

    @Override
    public void tcx(Fd program, Device device, Direction direction) {
        attach(program, device.ifindex(), tcxType(direction), 0, tcxName(device, direction));
    }

    private static AttachType tcxType(Direction direction) {
        return direction == Direction.INGRESS ? AttachType.TCX_INGRESS : AttachType.TCX_EGRESS;
    }

    private static String tcxName(Device device, Direction direction) {
        return device.name() + "/tcx/" + direction.label();
    }

    @Override
    public Fd netkitLink(Fd program, Device device, AttachType attachType) {
        return link(program, device.ifindex(), attachType, 0, device.name() + "/" + attachType.label());
    }

    @Override
    public Fd cgroupLink(Fd program, Path cgroup, AttachType attachType) {
        try (OpenFd directory = directory(cgroup)) {
            return link(program, directory.number(), attachType, 0, cgroup + "/" + attachType.label());
        }
    }

    @Override
    public void cgroup(Fd program, Path cgroup, AttachType attachType) {
        try (OpenFd directory = directory(cgroup)) {
            attach(program, directory.number(), attachType, BPF_F_ALLOW_MULTI, cgroup + "/" + attachType.label());
        }
    }

    @Override
    public void leaveCgroup(Fd program, Path cgroup, AttachType attachType) {
        try (OpenFd directory = directory(cgroup);
                BpfCall call = new BpfCall()) {
            int err = call.u32(0, directory.number())
                    .u32(4, program.number())
                    .u32(8, attachType.value())
                    .run(BpfCall.PROG_DETACH);
            if (err < 0) {
                throw Refusals.attaching("BPF_PROG_DETACH", cgroup + "/" + attachType.label(), -err);
            }
        }
    }

    private static OpenFd directory(Path cgroup) {
        return open(cgroup, LibcFiles.O_DIRECTORY, "there is no such cgroup");
    }

    private static OpenFd open(Path path, int flags, String hint) {
        int fd =
                LibcFiles.open(LibbpfLoader.cString(path.toString()), LibcFiles.O_RDONLY | LibcFiles.O_CLOEXEC | flags);
        if (fd < 0) {
            throw new KernelException.Gone(new Problem("open", path.toString(), Native.getLastError(), hint));
        }
        return new OpenFd(fd);
    }

    @Override
    public Fd netnsLink(Fd program, AttachType attachType) {
        Path path = Path.of("/proc/thread-self/ns/net");
        try (OpenFd namespace = thread.call(() -> open(path, 0, "/proc is not mounted"))) {
            return link(program, namespace.number(), attachType, 0, "netns/" + attachType.label());
        }
    }

    @Override
    public Fd netfilterLink(Fd program, int family, int hook, int priority) {
        return thread.call(() -> {
            try (BpfCall call = new BpfCall()) {
                int fd = call.u32(0, program.number())
                        .u32(8, AttachType.NETFILTER.value())
                        .u32(16, family)
                        .u32(20, hook)
                        .u32(24, priority)
                        .run(BpfCall.LINK_CREATE);
                return made(fd, "BPF_LINK_CREATE", "netfilter/" + priority);
            }
        });
    }

    @Override
    public Fd tracingLink(Fd program) {
        /* without a name of a tracepoint it is the program that names its target */
        try (BpfCall call = new BpfCall()) {
            int fd = call.u32(8, program.number()).run(BpfCall.RAW_TRACEPOINT_OPEN);
            return made(fd, "BPF_RAW_TRACEPOINT_OPEN", "program's own target");
        }
    }

    @Override
    public void pin(Fd object, Path path) {
        Pins.make(object, path);
    }

    /* struct bpf_attr.link_create: prog_fd, target, attach_type, flags */
    private Fd link(Fd program, int target, AttachType attachType, int flags, String place) {
        return thread.call(() -> {
            try (BpfCall call = new BpfCall()) {
                int fd = call.u32(0, program.number())
                        .u32(4, target)
                        .u32(8, attachType.value())
                        .u32(12, flags)
                        .run(BpfCall.LINK_CREATE);
                return made(fd, "BPF_LINK_CREATE", place);
            }
        });
    }

    /* target, attach_bpf_fd, attach_type, attach_flags */
    private void attach(Fd program, int target, AttachType attachType, int flags, String place) {
        int err = thread.call(() -> {
            try (BpfCall call = new BpfCall()) {
                return call.u32(0, target)
                        .u32(4, program.number())
                        .u32(8, attachType.value())
                        .u32(12, flags)
                        .run(BpfCall.PROG_ATTACH);
            }
        });
        if (err < 0) {
            throw Refusals.attaching("BPF_PROG_ATTACH", place, -err);
        }
    }

    private static Fd made(int fd, String operation, String place) {
        if (fd < 0) {
            throw Refusals.attaching(operation, place, -fd);
        }
        return new OpenFd(fd);
    }

    @Override
    public void close() {
        netlink.close();
        thread.close();
    }
}

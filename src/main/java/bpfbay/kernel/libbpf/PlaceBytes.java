package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.Problem;
import bpfbay.model.XdpMode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code struct swap_place} of native/swap.h, and the descriptors in it, which are open until this is closed. */
final class PlaceBytes implements AutoCloseable {
    static final int BYTES = 56;

    private static final int NONE = -1;
    private static final int KIND = 0;
    private static final int NETNS_FD = 4;
    private static final int CGROUP_FD = 8;
    private static final int LINK_ID = 12;
    private static final int IFINDEX = 16;
    private static final int ATTACH_TYPE = 20;
    private static final int XDP_MODE = 24;
    private static final int BLOCK = 28;
    private static final int PARENT = 32;
    private static final int CHAIN = 36;
    private static final int PRIORITY = 40;
    private static final int PROTOCOL = 44;
    private static final int HANDLE = 48;

    private final NativeBuffer buffer = new NativeBuffer(BYTES);
    private Optional<OpenFd> descriptor = Optional.empty();

    private PlaceBytes() {
        ByteBuffer view = buffer.view();
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            view.putLong(at, 0);
        }
        u32(NETNS_FD, NONE).u32(CGROUP_FD, NONE);
    }

    /** Fails with Gone where the namespace or the cgroup is no more. */
    static PlaceBytes of(SwapPlace place) {
        return place.match(new Encoder(new PlaceBytes().u32(KIND, kind(place.primitive()))));
    }

    long address() {
        return buffer.address();
    }

    /** All of it as two digits a byte; of its descriptor only that there is one means anything to another process. */
    String hex() {
        byte[] bytes = new byte[BYTES];
        buffer.view().get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** They stay this object's. */
    List<Fd> descriptors() {
        return descriptor.<Fd>map(fd -> fd).stream().toList();
    }

    private PlaceBytes u32(int offset, int value) {
        buffer.view().putInt(offset, value);
        return this;
    }

    /** {@code enum swap_kind}. */
    static int kind(Primitive primitive) {
        return switch (primitive) {
            case XDP_LINK -> 0;
            case XDP_NETLINK -> 1;
            case TCX_LINK -> 2;
            case TCX_PROGRAM -> 3;
            case NETKIT_LINK -> 4;
            case NETKIT_PROGRAM -> 5;
            case CGROUP_LINK -> 6;
            case CGROUP_PROGRAM -> 7;
            case FILTER -> 8;
        };
    }

    /** {@code XDP_ATTACHED_*} of if_link.h. */
    private static int mode(XdpMode mode) {
        return switch (mode) {
            case NATIVE -> 1;
            case GENERIC -> 2;
            case OFFLOADED -> 3;
        };
    }

    private PlaceBytes in(SwapPlace.Namespace namespace) {
        int fd = SwapShim.shim_netns_open(RawPath.encode(namespace.path()), namespace.inode());
        return with(fd, NETNS_FD, namespace.path(), "the namespace is gone");
    }

    private PlaceBytes of(SwapPlace.Cgroup cgroup) {
        int fd = SwapShim.shim_cgroup_open(RawPath.encode(cgroup.path()), cgroup.id());
        return with(fd, CGROUP_FD, cgroup.path(), "the cgroup is gone");
    }

    private PlaceBytes with(int fd, int offset, String path, String hint) {
        if (fd < 0) {
            throw notOpened(path, -fd, hint);
        }
        descriptor = Optional.of(new OpenFd(fd));
        return u32(offset, fd);
    }

    private static KernelException notOpened(String path, int errno, String hint) {
        return switch (errno) {
            case Errno.ENOENT, Errno.ESTALE, Errno.ENOTDIR ->
                new KernelException.Gone(new Problem("open", path, errno, hint));
            case Errno.EACCES, Errno.EPERM ->
                new KernelException.Denied(new Problem("open", path, errno, "needs CAP_SYS_PTRACE or root"));
            default -> new KernelException(new Problem("open", path, errno, ""));
        };
    }

    @Override
    public void close() {
        descriptor.ifPresent(OpenFd::close);
    }

    private record Encoder(PlaceBytes bytes) implements SwapPlace.Cases<PlaceBytes> {
        @Override
        public PlaceBytes link(SwapPlace.OfLink link) {
            return bytes.u32(LINK_ID, link.linkId());
        }

        @Override
        public PlaceBytes xdp(SwapPlace.Xdp xdp) {
            return bytes.u32(IFINDEX, xdp.ifindex())
                    .u32(XDP_MODE, mode(xdp.mode()))
                    .in(xdp.namespace());
        }

        @Override
        public PlaceBytes chain(SwapPlace.Chain chain) {
            return bytes.u32(IFINDEX, chain.ifindex())
                    .u32(ATTACH_TYPE, chain.attachType().value())
                    .in(chain.namespace());
        }

        @Override
        public PlaceBytes cgroup(SwapPlace.Cgroup cgroup) {
            return bytes.u32(ATTACH_TYPE, cgroup.attachType().value()).of(cgroup);
        }

        @Override
        public PlaceBytes filter(SwapPlace.Filter filter) {
            return bytes.u32(IFINDEX, filter.ifindex())
                    .u32(BLOCK, filter.block().orElse(0))
                    .u32(PARENT, filter.parent().handle())
                    .u32(CHAIN, filter.chain())
                    .u32(PRIORITY, filter.priority())
                    .u32(PROTOCOL, filter.protocol())
                    .u32(HANDLE, filter.handle())
                    .in(filter.namespace());
        }
    }
}

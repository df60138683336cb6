package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Feature;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.model.AttachType;
import com.sun.jna.Native;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Features tried on the running kernel. */
public final class LibbpfProbes implements FeatureProbes {
    private static final int PROG_GET_NEXT_ID = 11;
    /* offsets in union bpf_attr for BPF_PROG_QUERY */
    private static final int QUERY_TARGET = 0;
    private static final int QUERY_ATTACH_TYPE = 4;
    private static final int QUERY_REVISION = 56;
    private static final int LO = 1;
    private static final int ENXIO = 6;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_LISTEN_ALL_NSID = 8;
    private static final int IN_CREATE = 0x100;
    private static final int IN_CLOEXEC = 0x80000;

    private final Loading loading;
    private final Loader loader;

    private LibbpfProbes(Loading loading, Loader loader) {
        this.loading = loading;
        this.loader = loader;
    }

    /** Fails with KernelException.Unsupported where libbpf or the shim is missing. */
    public static LibbpfProbes open(Loading loading) {
        return new LibbpfProbes(loading, LibbpfLoader.open());
    }

    @Override
    public Result probe(Feature feature) {
        return switch (feature) {
            case OBJECTS -> objects();
            case TCX -> device(AttachType.TCX_INGRESS, "Linux 6.6");
            case NETKIT -> device(AttachType.NETKIT_PRIMARY, "Linux 6.7 with CONFIG_NETKIT");
            case CGROUP_CHAINS -> cgroup(revision -> Result.WORKS);
            case CGROUP_REVISION ->
                cgroup(revision -> revision == 0 ? Result.missing("needs Linux 6.17") : Result.WORKS);
            case PROGRAM_ITERATOR -> loading(() -> loader.load(loader.ownObject("iter_bpf_prog")));
            case LINK_ITERATOR -> loading(() -> loader.load(loader.ownObject("iter_bpf_link")));
            case MAP_ITERATOR -> loading(() -> loader.load(loader.ownObject("iter_bpf_map")));
            case TASK_FILE_ITERATOR -> loading(() -> loader.load(loader.ownObject("iter_task_file")));
            case FREPLACE -> loading(this::extension);
            case FENTRY -> loading(() -> loader.load(loader.ownObject("fentry_watch")));
            case RUN_STATISTICS -> statistics();
            case NETNS_COOKIE -> cookie();
            case EVENTS_OF_ALL_NAMESPACES -> listening();
            case PIN_EVENTS -> watching();
            case KERNEL_SYMBOLS -> symbols();
        };
    }

    private static Result objects() {
        try (BpfCall call = new BpfCall()) {
            int id = call.run(PROG_GET_NEXT_ID);
            return id >= 0 || id == -Errno.ENOENT ? Result.WORKS : refused(-id, "CAP_SYS_ADMIN");
        }
    }

    /** Asked of a device that has no such chain, which a kernel that knows chains says in its own way. */
    private static Result device(AttachType type, String since) {
        try (BpfCall call = new BpfCall()) {
            int err = -call.u32(QUERY_TARGET, LO)
                    .u32(QUERY_ATTACH_TYPE, type.value())
                    .run(BpfCall.PROG_QUERY);
            boolean isKnown = err <= 0 || err == Errno.ENOENT || err == ENXIO;
            return isKnown
                    ? Result.WORKS
                    : err == Errno.EINVAL ? Result.missing("needs " + since) : refused(err, "CAP_NET_ADMIN");
        }
    }

    private static Result cgroup(Answer answer) {
        List<CgroupMount> mounts = CgroupMount.parse(mountinfo());
        if (mounts.isEmpty()) {
            return Result.missing("no cgroup v2 hierarchy is mounted");
        }
        int fd = LibcFiles.open(RawPath.encode(mounts.get(0).point()), LibcFiles.O_DIRECTORY | LibcFiles.O_CLOEXEC);
        if (fd < 0) {
            return refused(
                    Native.getLastError(), "leave to open " + mounts.get(0).point());
        }
        try (OpenFd directory = new OpenFd(fd);
                BpfCall call = new BpfCall()) {
            int err = -call.u32(QUERY_TARGET, directory.number())
                    .u32(QUERY_ATTACH_TYPE, AttachType.CGROUP_INET_EGRESS.value())
                    .run(BpfCall.PROG_QUERY);
            return err > 0 ? refused(err, "CAP_NET_ADMIN") : answer.of(call.u64At(QUERY_REVISION));
        }
    }

    /** What a chain's revision says; 0 is none. */
    private interface Answer {
        Result of(long revision);
    }

    private Result loading(Supplier<LoadedObject> load) {
        if (loading == Loading.NOTHING) {
            return Result.notTried("--passive loads nothing");
        }
        try (LoadedObject loaded = load.get()) {
            return loaded.programs().isEmpty() ? Result.missing("the object holds no program") : Result.WORKS;
        } catch (KernelException.Denied e) {
            return Result.denied(e.problem().hint());
        } catch (KernelException e) {
            return Result.missing(
                    Errno.name(e.problem().errno()) + ": " + e.problem().hint());
        }
    }

    private LoadedObject extension() {
        try (LoadedObject target = loader.load(loader.ownObject("xdp_slots"))) {
            return loader.loadExtension(loader.ownObject("freplace_slot"), target.program(), "slot_first");
        }
    }

    private Result statistics() {
        if (loading == Loading.NOTHING) {
            return Result.notTried("--passive switches nothing on");
        }
        try (BpfCall call = new BpfCall()) {
            int fd = call.run(BpfCall.ENABLE_STATS);
            if (fd < 0) {
                return -fd == Errno.EINVAL ? Result.missing("needs Linux 5.8") : refused(-fd, "CAP_SYS_ADMIN");
            }
            new OpenFd(fd).close();
            return Result.WORKS;
        }
    }

    private static Result cookie() {
        Path own = Path.of("/proc/thread-self/ns/net");
        try {
            long inode = ((Number) Files.getAttribute(own, "unix:ino")).longValue();
            NativeBuffer cookie = new NativeBuffer(8);
            long err = NamespaceShim.shim_netns_cookie(RawPath.encode(own.toString()), inode, cookie.address());
            return err >= 0
                    ? Result.WORKS
                    : err == -92 ? Result.missing("needs Linux 5.14") : refused((int) -err, "CAP_SYS_ADMIN");
        } catch (IOException hidden) {
            return Result.missing("/proc is not there");
        }
    }

    private static Result listening() {
        int fd = ChangeLibc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
        if (fd < 0) {
            return refused(Native.getLastError(), "leave to open netlink sockets");
        }
        try (OpenFd socket = new OpenFd(fd)) {
            int err = ChangeLibc.setsockopt(
                    socket.number(), SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, new int[] {1}, Integer.BYTES);
            return err == 0 ? Result.WORKS : refused(Native.getLastError(), "CAP_NET_BROADCAST");
        }
    }

    private static Result watching() {
        List<Mount> mounts = Mount.parse(mountinfo(), "", Set.of("bpf"));
        if (mounts.isEmpty()) {
            return Result.notTried("no bpffs is mounted here");
        }
        int fd = ChangeLibc.inotify_init1(IN_CLOEXEC);
        if (fd < 0) {
            return refused(Native.getLastError(), "one more inotify instance");
        }
        try (OpenFd inotify = new OpenFd(fd)) {
            int watch = ChangeLibc.inotify_add_watch(
                    inotify.number(), RawPath.encode(mounts.get(0).path()), IN_CREATE);
            return watch >= 0
                    ? Result.WORKS
                    : refused(
                            Native.getLastError(),
                            "leave to read " + mounts.get(0).path());
        }
    }

    private static Result symbols() {
        try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/kallsyms"), StandardCharsets.ISO_8859_1)) {
            /* Where nothing is hidden the list still begins with offsets of per-cpu data, which are zero. */
            int symbols = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("0000000000000000 ")) {
                    return Result.WORKS;
                }
                symbols++;
            }
            return symbols == 0
                    ? Result.missing("needs CONFIG_KALLSYMS")
                    : Result.denied("needs CAP_SYSLOG, or kptr_restrict is 2");
        } catch (IOException hidden) {
            return Result.missing("needs CONFIG_KALLSYMS");
        }
    }

    private static Result refused(int errno, String needs) {
        return errno == Errno.EPERM || errno == Errno.EACCES
                ? Result.denied("needs " + needs)
                : Result.missing(Errno.name(errno));
    }

    private static String mountinfo() {
        try {
            return Files.readString(Path.of("/proc/thread-self/mountinfo"), StandardCharsets.ISO_8859_1);
        } catch (IOException hidden) {
            return "";
        }
    }
}

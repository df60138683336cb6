package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Relations;
import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects by iterator programs: {@code bpf/iterators.bpf.c}. Loading costs as much as a few walks
 * without them, so who looks only once does without. They live as long as this is open.
 */
final class IteratorWalk implements ObjectWalk, HoldingWalk {
    private static final int BPF_TRACE_ITER = 28;
    private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");

    private final Fd programs;
    private final Fd links;
    private final Fd maps;
    private final Fd files;
    private final Set<ObjectId> own;

    private IteratorWalk(Map<String, Fd> iterators, Set<ObjectId> own) {
        this.programs = named(iterators, "bpfbay_progs");
        this.links = named(iterators, "bpfbay_links");
        this.maps = named(iterators, "bpfbay_maps");
        this.files = named(iterators, "bpfbay_files");
        this.own = own;
    }

    /** Fails with the reason why this kernel or these privileges have no iterators. */
    static IteratorWalk load() {
        if (!Files.exists(KERNEL_BTF)) {
            throw new KernelException.Unsupported(new Problem(
                    "BPF_PROG_LOAD", "iterators", Errno.ENOENT, "needs a kernel with BTF (" + KERNEL_BTF + ")"));
        }
        try {
            return load("iterators");
        } catch (KernelException.Denied denied) {
            throw denied;
        } catch (KernelException tooOld) {
            return load("iterators_kallsyms");
        } finally {
            /* libbpf had all of the kernel's BTF in memory */
            LibcFiles.malloc_trim(0);
        }
    }

    private static IteratorWalk load(String name) {
        Map<String, Fd> iterators = new LinkedHashMap<>();
        try (LoadedObject object = LibbpfLoader.open().load(NativeCode.bpfObject(name))) {
            object.programs().forEach((iterator, program) -> iterators.put(iterator, link(iterator, program)));
            Set<ObjectId> own = Stream.of(
                            ids(object.programs(), ObjectId.Kind.PROG),
                            ids(object.maps(), ObjectId.Kind.MAP),
                            ids(iterators, ObjectId.Kind.LINK))
                    .flatMap(List::stream)
                    .collect(Collectors.toUnmodifiableSet());
            return new IteratorWalk(iterators, own);
        } catch (KernelException failed) {
            iterators.values().forEach(Fd::close);
            throw failed;
        }
    }

    @Override
    public void programs(Rows rows) {
        read(programs, "bpf_prog", rows);
    }

    @Override
    public void links(Rows rows) {
        read(links, "bpf_link", rows);
    }

    @Override
    public void maps(Rows rows) {
        read(maps, "bpf_map", rows);
    }

    /** {@code struct holding_record}: every descriptor of a BPF object in the own pid namespace and below. */
    @Override
    public int holdings(Rows rows) {
        read(files, "task_file", rows);
        return 0;
    }

    @Override
    public Relations.Scan way() {
        return Relations.Scan.TASK_FILE_ITERATOR;
    }

    @Override
    public Knowledge knowledge() {
        return Knowledge.EVERYTHING;
    }

    /** The programs and links that do the walking. */
    Set<ObjectId> own() {
        return own;
    }

    @Override
    public void close() {
        Stream.of(programs, links, maps, files).forEach(Fd::close);
    }

    private static Fd named(Map<String, Fd> iterators, String name) {
        Fd fd = iterators.get(name);
        if (fd == null) {
            throw new IllegalStateException("iterators.bpf.o has no program " + name + ": build it again");
        }
        return fd;
    }

    private static Fd link(String name, Fd program) {
        int fd = LibbpfObject.bpf_link_create(program.number(), 0, BPF_TRACE_ITER, 0);
        if (fd < 0) {
            throw new KernelException(new Problem("BPF_LINK_CREATE", "iterator " + name, -fd, ""));
        }
        return new OpenFd(fd);
    }

    private static List<ObjectId> ids(Map<String, Fd> fds, ObjectId.Kind kind) {
        List<ObjectId> ids = new ArrayList<>();
        fds.values().forEach(fd -> ids.add(new ObjectId(kind, LibbpfLoader.idOf(fd))));
        return ids;
    }

    /* A read gives at most 32 KB whatever its buffer, may end inside a record, and 0 is the end. */
    private static void read(Fd link, String what, Rows rows) {
        int fd = LibbpfObject.bpf_iter_create(link.number());
        if (fd < 0) {
            throw new KernelException(new Problem("BPF_ITER_CREATE", what, -fd, ""));
        }
        NativeBuffer buffer = rows.next();
        try (Fd walk = new OpenFd(fd)) {
            int length = 0;
            while (true) {
                if (length == buffer.capacity()) {
                    buffer.grow(length);
                }
                long got = Libc.read(walk.number(), buffer.address() + length, buffer.capacity() - length);
                if (got == 0) {
                    break;
                } else if (got > 0) {
                    length += (int) got;
                } else {
                    int errno = Native.getLastError();
                    /* EAGAIN: a million files in a row were none of ours, the walk is not at its end */
                    if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                        throw new KernelException(new Problem("read", "iterator " + what, errno, ""));
                    }
                }
            }
            if (length % rows.rowBytes() != 0) {
                throw new KernelException(
                        new Problem("read", "iterator " + what, Errno.EIO, "the last record is not whole"));
            }
            rows.filled(length);
        }
    }
}

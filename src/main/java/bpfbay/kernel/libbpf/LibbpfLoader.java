package bpfbay.kernel.libbpf;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.model.AttachType;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.RawText;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Object files by libbpf. What libbpf keeps of a file (its text, the kernel's BTF) goes back as soon as
 * the programs are in the kernel: only descriptors stay.
 */
public final class LibbpfLoader implements Loader {
    /* struct bpf_object_open_opts of libbpf 1.0; later ones accept the shorter */
    private static final int OPTS_BYTES = 80;
    private static final int OPTS_LOG_BUF = 56;
    private static final int OPTS_LOG_SIZE = 64;
    /* pages that the kernel does not write are never there */
    private static final int LOG_BYTES = 4 << 20;

    private static final List<String> STATISTICS = List.of("processed ", "verification time ", "stack depth ");

    private LibbpfLoader() {}

    /** Fails with KernelException.Unsupported where libbpf or the shim is missing. */
    public static LibbpfLoader open() {
        NativeCode.require();
        return new LibbpfLoader();
    }

    @Override
    public ObjectId mapId(Fd map) {
        return ObjectId.map(idOf(map));
    }

    @Override
    public ObjectId linkId(Fd link) {
        return ObjectId.link(idOf(link));
    }

    @Override
    public Attacher attacher(Path namespace) {
        return NamespaceAttacher.in(namespace);
    }

    @Override
    public Path ownObject(String name) {
        return NativeCode.bpfObject(name);
    }

    @Override
    public Path ownExecutable(String name) {
        return NativeCode.executable(name);
    }

    @Override
    public LoadedObject load(Path objectFile) {
        return load(objectFile, Preparation.NONE);
    }

    @Override
    public LoadedObject load(Path objectFile, ProgType type, AttachType expectedAttachType) {
        return load(objectFile, object -> {
            int err = 0;
            for (long prog = next(object, 0); prog != 0 && err == 0; prog = next(object, prog)) {
                err = LibbpfObject.bpf_program__set_type(prog, type.value());
                if (err == 0) {
                    err = LibbpfObject.bpf_program__set_expected_attach_type(prog, expectedAttachType.value());
                }
            }
            return err;
        });
    }

    @Override
    public LoadedObject loadExtension(Path objectFile, Fd target, String function) {
        return load(objectFile, object -> {
            int err = 0;
            for (long prog = next(object, 0); prog != 0 && err == 0; prog = next(object, prog)) {
                err = LibbpfObject.bpf_program__set_attach_target(prog, target.number(), cString(function));
            }
            return err;
        });
    }

    /** What is set on an opened object before it goes to the kernel: 0 or -errno. */
    @FunctionalInterface
    private interface Preparation {
        Preparation NONE = object -> 0;

        int prepare(long object);
    }

    private static LoadedObject load(Path file, Preparation preparation) {
        if (!Files.isReadable(file)) {
            throw new KernelException(
                    new Problem("open", file.toString(), Errno.ENOENT, "there is no such object file"));
        }
        try (Memory log = new Memory(LOG_BYTES);
                Memory opts = new Memory(OPTS_BYTES)) {
            log.setByte(0, (byte) 0);
            opts.clear();
            opts.setLong(0, OPTS_BYTES);
            opts.setLong(OPTS_LOG_BUF, Pointer.nativeValue(log));
            opts.setLong(OPTS_LOG_SIZE, LOG_BYTES);
            long object = LibbpfObject.bpf_object__open_file(cString(file.toString()), Pointer.nativeValue(opts));
            if (object == 0) {
                throw new KernelException(new Problem(
                        "bpf_object__open_file", file.toString(), Native.getLastError(), "not an object file of BPF"));
            }
            try {
                int err = preparation.prepare(object);
                if (err == 0) {
                    err = LibbpfObject.bpf_object__load(object);
                }
                if (err < 0) {
                    throw refusal(String.valueOf(file.getFileName()), -err, RawText.decodeCString(bytesOf(log)));
                }
                return taken(object);
            } finally {
                LibbpfObject.bpf_object__close(object);
            }
        }
    }

    private static byte[] bytesOf(Memory log) {
        long length = log.indexOf(0, (byte) 0);
        return log.getByteArray(0, length < 0 ? LOG_BYTES : (int) length);
    }

    static KernelException refusal(String name, int errno, String log) {
        if (!log.isBlank()) {
            return new KernelException.Rejected(new Problem("BPF_PROG_LOAD", name, errno, lastReason(log)), log);
        }
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES ->
                new KernelException.Denied(
                        new Problem(
                                "BPF_PROG_LOAD",
                                name,
                                errno,
                                "needs CAP_BPF with CAP_PERFMON or CAP_NET_ADMIN; a hardened kernel refuses this type to everybody"));
            default -> new KernelException(new Problem("BPF_PROG_LOAD", name, errno, "the kernel gave no reason"));
        };
    }

    /* the verifier ends with its statistics */
    private static String lastReason(String log) {
        return Arrays.stream(log.split("\n"))
                .filter(line -> !line.isBlank() && STATISTICS.stream().noneMatch(line::startsWith))
                .reduce("the verifier refuses it", (first, last) -> last.strip());
    }

    private static LoadedObject taken(long object) {
        Map<String, Fd> programs = new LinkedHashMap<>();
        Map<String, Fd> maps = new LinkedHashMap<>();
        for (long prog = next(object, 0); prog != 0; prog = next(object, prog)) {
            programs.put(LibbpfObject.bpf_program__name(prog), duplicateOf(LibbpfObject.bpf_program__fd(prog)));
        }
        for (long map = LibbpfObject.bpf_object__next_map(object, 0);
                map != 0;
                map = LibbpfObject.bpf_object__next_map(object, map)) {
            maps.put(LibbpfObject.bpf_map__name(map), duplicateOf(LibbpfObject.bpf_map__fd(map)));
        }
        return new Loaded(programs, maps);
    }

    private static long next(long object, long prog) {
        return LibbpfObject.bpf_object__next_program(object, prog);
    }

    private static Fd duplicateOf(int fd) {
        int copy = LibcFiles.dup(fd);
        if (copy < 0) {
            throw new KernelException(new Problem("dup", "fd " + fd, Native.getLastError(), "too many open files"));
        }
        return new OpenFd(copy);
    }

    /** The kernel's number of an object held by a descriptor. */
    static int idOf(Fd fd) {
        /* struct bpf_prog_info, bpf_link_info and bpf_map_info begin with type and id */
        try (Memory info = new Memory(16)) {
            info.clear();
            info.setInt(8, 8);
            int err = LibbpfObject.bpf_obj_get_info_by_fd(
                    fd.number(), Pointer.nativeValue(info), Pointer.nativeValue(info) + 8);
            if (err < 0) {
                throw new KernelException(
                        new Problem("BPF_OBJ_GET_INFO_BY_FD", "fd " + fd.number(), -err, "its id is not known"));
            }
            return info.getInt(4);
        }
    }

    static byte[] cString(String text) {
        byte[] bytes = RawText.encode(text);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private record Loaded(Map<String, Fd> programs, Map<String, Fd> maps) implements LoadedObject {
        @Override
        public ObjectId programId(String name) {
            Fd fd = programs.get(name);
            if (fd == null) {
                throw new IllegalArgumentException("no program " + name + " among " + programs.keySet());
            }
            return ObjectId.prog(idOf(fd));
        }

        @Override
        public void close() {
            programs.values().forEach(Fd::close);
            maps.values().forEach(Fd::close);
        }
    }
}

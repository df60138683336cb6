package bpfbay.kernel.libbpf;

import bpfbay.btf.Btf;
import bpfbay.btf.BtfDefinition;
import bpfbay.kernel.Fd;
import bpfbay.kernel.MapFacts;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** One map by its descriptor: {@code struct bpf_map_info}, its BTF, and {@code memlock} of its fdinfo. */
public final class LibbpfMapFacts implements MapFacts {
    private static final String MEMORY = "memlock:";

    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final BtfBlobs blobs = new BtfBlobs();
    private final RawFile file = new RawFile();

    private LibbpfMapFacts() {}

    /** Fails with KernelException.Unsupported where libbpf or the shim is missing. */
    public static LibbpfMapFacts open() {
        NativeCode.require();
        return new LibbpfMapFacts();
    }

    @Override
    public Facts of(int mapId) {
        try (Fd fd = fds.map(mapId)) {
            BpfMap map = MapDecoder.decode(
                    mapId, info.clear().ask(fd, ObjectId.map(mapId).toString()));
            Btf btf = map.btfId().isPresent()
                    ? Btf.parse(blobs.copy(map.btfId().getAsInt()).toArray())
                    : Btf.NONE;
            return new Facts(map, layout(btf, map.btfKeyTypeId()), layout(btf, map.btfValueTypeId()), memory(fd));
        }
    }

    private static Optional<String> layout(Btf btf, int type) {
        return type == 0
                ? Optional.empty()
                : Optional.of(BtfDefinition.of(btf, type)).filter(line -> !line.isEmpty());
    }

    private OptionalLong memory(Fd fd) {
        ByteBuffer read = file.read("/proc/thread-self/fdinfo/" + fd.number());
        return StandardCharsets.ISO_8859_1
                .decode(read)
                .toString()
                .lines()
                .filter(line -> line.startsWith(MEMORY))
                .mapToLong(
                        line -> Long.parseLong(line.substring(MEMORY.length()).strip()))
                .findFirst();
    }
}

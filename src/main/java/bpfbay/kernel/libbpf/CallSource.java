package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.BpfCommand;
import bpfbay.model.Clue;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Who calls bpf(2) to change something, by {@code bpf/tp_bpf_calls.bpf.c}, which lives as long as this is open. */
final class CallSource implements AutoCloseable {
    /** {@code struct call_record}. */
    static final int RECORD_BYTES = 32;

    private static final long RING_BYTES = 1 << 18;
    private static final int RING_STRUCT_BYTES = 24;
    private static final Path OWN_PIDS = Path.of("/proc/self/ns/pid");
    private static final String INITIAL_PIDS = "pid:[4026531836]";

    private final NativeBuffer ring = new NativeBuffer(RING_STRUCT_BYTES);
    private final NativeBuffer records = new NativeBuffer((int) RING_BYTES);
    private final NativeBuffer number = new NativeBuffer(Long.BYTES);
    private final BootClock clock = new BootClock();
    private final boolean arePidsOurs = arePidsOurs();
    private final LoadedObject object;
    private final Fd link;
    private final int lostMap;
    private final Set<ObjectId> own;
    private long lost;

    /** Fails with the reason why this kernel or these privileges do not allow it. */
    CallSource() {
        object = LibbpfLoader.open().load(NativeCode.bpfObject("tp_bpf_calls"));
        try {
            link = attach(object.program());
        } catch (KernelException refused) {
            object.close();
            throw refused;
        } finally {
            /* libbpf had all of the kernel's BTF in memory */
            LibcFiles.malloc_trim(0);
        }
        int err = RingShim.shim_ring_open(map("calls").number(), RING_BYTES, ring.address());
        if (err < 0) {
            link.close();
            object.close();
            throw new KernelException(new Problem("mmap", "ring buffer of tp_bpf_calls", -err, ""));
        }
        lostMap = LibbpfLoader.idOf(map(".bss"));
        own = Set.of(
                ObjectId.prog(LibbpfLoader.idOf(object.program())),
                ObjectId.link(LibbpfLoader.idOf(link)),
                ObjectId.map(LibbpfLoader.idOf(map("calls"))),
                ObjectId.map(lostMap));
    }

    private static Fd attach(Fd program) {
        try (BpfCall call = new BpfCall()) {
            int fd = call.u32(8, program.number()).run(BpfCall.RAW_TRACEPOINT_OPEN);
            if (fd < 0) {
                throw new KernelException(new Problem("BPF_RAW_TRACEPOINT_OPEN", "sys_exit", -fd, ""));
            }
            return new OpenFd(fd);
        }
    }

    private Fd map(String name) {
        /* that of its variables has the file's name in front */
        return object.maps().entrySet().stream()
                .filter(map -> map.getKey().endsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("tp_bpf_calls.bpf.o has no map " + name + ": build it again"));
    }

    /** What it has loaded. */
    Set<ObjectId> own() {
        return own;
    }

    /** The calls since the last time. */
    List<Clue> take() {
        List<Clue> clues = new ArrayList<>();
        Instant bootedAt = clock.bootedAt();
        long lostNow = lostCalls();
        if (lostNow != lost) {
            lost = lostNow;
            clues.add(new Clue.Lost(Instant.now(), Clue.Source.BPF_CALLS));
        }
        int length = (int) RingShim.shim_ring_read(ring.address(), records.address(), records.capacity());
        ByteBuffer bytes = records.slice(length);
        for (int at = 0; at < length; at += RECORD_BYTES) {
            clues.add(call(bytes, at, bootedAt));
        }
        return clues;
    }

    private Clue call(ByteBuffer bytes, int at, Instant bootedAt) {
        byte[] comm = new byte[16];
        bytes.get(at + 16, comm);
        return new Clue.BpfCalled(
                bootedAt.plusNanos(bytes.getLong(at)),
                new BpfCommand(bytes.getInt(at + 12)),
                arePidsOurs ? OptionalInt.of(bytes.getInt(at + 8)) : OptionalInt.empty(),
                RawText.decodeCString(comm));
    }

    private long lostCalls() {
        return ReadShim.shim_map_first(lostMap, number.address(), Long.BYTES) < 0
                ? lost
                : number.view().getLong(0);
    }

    private static boolean arePidsOurs() {
        try {
            return Files.readSymbolicLink(OWN_PIDS).toString().equals(INITIAL_PIDS);
        } catch (IOException noProc) {
            return false;
        }
    }

    @Override
    public void close() {
        RingShim.shim_ring_close(ring.address());
        link.close();
        object.close();
    }
}

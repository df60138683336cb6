package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.model.Bytes;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The text of one program: the kernel is asked how much there is, and again with room for all of it. A
 * program's text never changes, so what the first answer counts is what the second one fills.
 */
final class ProgramDumpSource {
    private static final int JITED_LEN = 16;
    private static final int BTF_ID = 128;

    /* struct bpf_insn */
    private static final int INSN_BYTES = 8;
    private static final int CALL = 0x85;
    private static final int PSEUDO_CALL = 1;

    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final NativeBuffer room = new NativeBuffer(1 << 16);
    private final KernelSymbols symbols = new KernelSymbols();
    private final BtfBlobs btf;

    /** An array in {@code struct bpf_prog_info}: offsets of its count, its pointer and its record size. */
    private enum Part {
        XLATED(20, 32, 0, 1),
        MAP_IDS(52, 56, 0, Integer.BYTES),
        FUNCTIONS(104, 112, 0, Long.BYTES),
        FUNC_INFO(144, 136, 132, 0),
        LINE_INFO(148, 152, 172, 0);

        private final int countAt;
        private final int pointerAt;
        private final int recordSizeAt;
        private final int fixedSize;

        Part(int countAt, int pointerAt, int recordSizeAt, int fixedSize) {
            this.countAt = countAt;
            this.pointerAt = pointerAt;
            this.recordSizeAt = recordSizeAt;
            this.fixedSize = fixedSize;
        }

        int recordBytes(KernelStruct info) {
            return recordSizeAt == 0 ? fixedSize : info.u32(recordSizeAt);
        }

        int bytes(KernelStruct info) {
            return info.u32(countAt) * recordBytes(info);
        }
    }

    ProgramDumpSource(BtfBlobs btf) {
        this.btf = btf;
    }

    ProgramDump read(int progId) {
        String object = ObjectId.prog(progId).toString();
        try (Fd program = fds.program(progId)) {
            KernelStruct counts = info.clear().ask(program, object);
            Map<Part, Bytes> parts = fill(program, object, counts);
            Reading<Bytes> xlated = xlated(counts, part(parts, Part.XLATED));
            boolean isCompiled = counts.u32(JITED_LEN) != 0;
            List<Long> functions = isCompiled ? longs(part(parts, Part.FUNCTIONS)) : List.of();
            OptionalLong callBase = symbols.callBase();
            LongStream named = LongStream.concat(
                    functions.stream().mapToLong(address -> address),
                    callees(xlated.found().orElse(Bytes.EMPTY), callBase));
            int btfId = counts.u32(BTF_ID);
            return new ProgramDump(
                    progId,
                    xlated,
                    btfId == 0 ? Bytes.EMPTY : btf.copy(btfId),
                    part(parts, Part.FUNC_INFO),
                    Part.FUNC_INFO.recordBytes(counts),
                    part(parts, Part.LINE_INFO),
                    Part.LINE_INFO.recordBytes(counts),
                    ints(part(parts, Part.MAP_IDS)),
                    callBase,
                    functions,
                    symbols.names(named.toArray()));
        }
    }

    /* one behind the other in one buffer; a part that the kernel keeps to itself loses its pointer */
    private Map<Part, Bytes> fill(Fd program, String object, KernelStruct counts) {
        int wanted = 0;
        for (Part part : Part.values()) {
            wanted += aligned(part.bytes(counts));
        }
        while (room.capacity() < wanted) {
            room.grow(0);
        }
        info.clear();
        Map<Part, Integer> starts = new EnumMap<>(Part.class);
        int at = 0;
        for (Part part : Part.values()) {
            if (part.recordSizeAt != 0) {
                info.u32(part.recordSizeAt, part.recordBytes(counts));
            }
            if (part.bytes(counts) > 0) {
                starts.put(part, at);
                info.u32(part.countAt, counts.u32(part.countAt)).pointer(part.pointerAt, room.address() + at);
                at += aligned(part.bytes(counts));
            }
        }
        KernelStruct answer = info.ask(program, object);
        Map<Part, Bytes> parts = new EnumMap<>(Part.class);
        starts.forEach((part, start) -> {
            if (answer.u64(part.pointerAt) != 0) {
                parts.put(part, bytes(room.view().slice(start, Math.min(part.bytes(answer), part.bytes(counts)))));
            }
        });
        return parts;
    }

    private static Bytes part(Map<Part, Bytes> parts, Part part) {
        return parts.getOrDefault(part, Bytes.EMPTY);
    }

    /* bpf_prog_get_info_by_fd: no length without CAP_BPF, no text of a program with blinded constants */
    private static Reading<Bytes> xlated(KernelStruct counts, Bytes text) {
        if (Part.XLATED.bytes(counts) == 0) {
            return new Reading.Denied<>("CAP_BPF");
        }
        return text.size() == 0
                ? new Reading.Denied<>("CAP_SYSLOG and kernel.kptr_restrict below 2, as its constants are blinded")
                : Reading.of(text);
    }

    /* what helpers and kernel functions are called: offsets from the call base */
    private static LongStream callees(Bytes code, OptionalLong callBase) {
        LongStream.Builder callees = LongStream.builder();
        ByteBuffer insns = code.buffer();
        callBase.ifPresent(base -> {
            for (int at = 0; at + INSN_BYTES <= insns.limit(); at += INSN_BYTES) {
                if ((insns.get(at) & 0xff) == CALL && (insns.get(at + 1) >> 4 & 0xf) != PSEUDO_CALL) {
                    callees.add(base + insns.getInt(at + 4));
                }
            }
        });
        return callees.build();
    }

    private static Bytes bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return Bytes.copyOf(bytes);
    }

    private static List<Long> longs(Bytes bytes) {
        List<Long> values = new ArrayList<>();
        for (int at = 0; at + Long.BYTES <= bytes.size(); at += Long.BYTES) {
            values.add(bytes.buffer().getLong(at));
        }
        return values;
    }

    private static List<Integer> ints(Bytes bytes) {
        List<Integer> values = new ArrayList<>();
        for (int at = 0; at + Integer.BYTES <= bytes.size(); at += Integer.BYTES) {
            values.add(bytes.buffer().getInt(at));
        }
        return values;
    }

    private static int aligned(int bytes) {
        return bytes + 7 & ~7;
    }
}

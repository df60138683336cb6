package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.model.ObjectId;

/** Which BTF functions a program is made of: {@code bpf_func_info.type_id}, the first one its entry. */
final class FuncInfos {
    private static final int REC_SIZE_AT = 132;
    private static final int POINTER_AT = 136;
    private static final int COUNT_AT = 144;
    private static final int RECORD_BYTES = 8;

    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final NativeBuffer records = new NativeBuffer(1024);

    /** How many functions the facts of a program count. */
    static int count(KernelStruct progInfo) {
        return progInfo.u32(COUNT_AT);
    }

    int[] typeIds(int progId, int count) {
        while (records.capacity() < count * RECORD_BYTES) {
            records.grow(0);
        }
        try (Fd program = fds.program(progId)) {
            info.clear().u32(REC_SIZE_AT, RECORD_BYTES).u32(COUNT_AT, count).pointer(POINTER_AT, records.address());
            int filled = Math.min(
                    count, info.ask(program, ObjectId.prog(progId).toString()).u32(COUNT_AT));
            int[] ids = new int[filled];
            for (int i = 0; i < filled; i++) {
                ids[i] = records.view().getInt(i * RECORD_BYTES + 4);
            }
            return ids;
        }
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;

/** The one value of an object file's data section. */
final class MapValues {
    private final BpfCall lookup = new BpfCall();
    private final NativeBuffer key = new NativeBuffer(8);
    private final NativeBuffer value = new NativeBuffer(4096);

    /** Good until the next call; KernelException.Gone where the map is no more. */
    ByteBuffer first(BpfMap map) {
        while (value.capacity() < map.valueSize()) {
            value.grow(0);
        }
        key.view().putLong(0, 0);
        try (Fd fd = FdById.map(map.id())) {
            int err = lookup.u32(0, fd.number())
                    .u64(8, key.address())
                    .u64(16, value.address())
                    .run(BpfCall.MAP_LOOKUP_ELEM);
            if (err < 0) {
                throw refused(ObjectId.map(map.id()), -err);
            }
            return value.slice(map.valueSize());
        }
    }

    private static KernelException refused(ObjectId map, int errno) {
        Problem problem = new Problem("BPF_MAP_LOOKUP_ELEM", map.toString(), errno, "");
        return errno == Errno.ENOENT ? new KernelException.Gone(problem) : new KernelException(problem);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;

/** The one value of an object file's data section. */
final class MapValues {
    private final FdById fds = new FdById();
    private final MapCalls calls = new MapCalls();

    /** Good until the next call; KernelException.Gone where the map is no more. */
    ByteBuffer first(BpfMap map) {
        calls.prepare(map, map.valueSize());
        calls.slot(0);
        try (Fd fd = fds.map(map.id())) {
            int err = calls.lookUp(fd);
            if (err < 0) {
                throw new KernelException(
                        new Problem("BPF_MAP_LOOKUP_ELEM", map.object().toString(), -err, "its data cannot be read"));
            }
            return calls.valueView(map.valueSize());
        }
    }
}
